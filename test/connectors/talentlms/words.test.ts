import { expect, test } from 'vitest';
import { dateFrom, dateText } from '../../../src/connectors/talentlms/dates.ts';
import { comparableLanguage, sentLocale } from '../../../src/connectors/talentlms/locale.ts';
import { baseUrlOf, configSchema } from '../../../src/connectors/talentlms/schema.ts';
import { shapeOf } from '../../../src/connectors/talentlms/shape.ts';
import { taskIdOf } from '../../../src/connectors/talentlms/tasks.ts';
import { vendorWords } from '../../../src/connectors/vendor-words.ts';

test.each([
  ['en', 'en-US', 'English'],
  ['nl', 'nl-NL', 'Dutch'],
  ['de', 'de_DE', 'de-AT'],
  ['pt', 'pt-PT', 'Portuguese'],
  ['pt-BR', 'pt-br', 'Brazilian Portuguese'],
  ['zh', 'zh-CN', 'zh-Hans'],
  ['zh-TW', 'zh-Hant', 'zh-HK'],
])('%s, %s and %s are one language: written once, never again', (...forms) => {
  expect(new Set(forms.map(comparableLanguage)).size).toBe(1);
});

test('languages that are read differently are not taken for one', () => {
  const forms = ['en', 'nl', 'pt', 'pt-BR', 'zh', 'zh-TW', 'no such language'];
  expect(new Set(forms.map(comparableLanguage)).size).toBe(forms.length);
});

test.each([
  ['en', 'en-US'],
  ['nl', 'nl-NL'],
  ['Dutch', 'nl-NL'],
  ['de-AT', 'de-AT'],
  ['pt', 'pt-PT'],
  ['pt-BR', 'pt-BR'],
  ['no such language', 'no such language'],
])('%s is sent as %s, and compares as what was meant', (text, sent) => {
  expect(sentLocale(text)).toBe(sent);
  expect(comparableLanguage(sent)).toBe(comparableLanguage(text));
});

test.each([
  ['email', 'Noor.Jansen@Example.org ', 'noor.jansen@example.org'],
  ['login', 'Noor.Jansen', 'noor.jansen'],
  ['deactivation_date', '2027-01-31T00:00:00+00:00', '2027-01-31'],
  ['custom.city', ' Utrecht ', 'Utrecht'],
  ['custom.remote', true, true],
])('%s is compared in the form in which it comes back', (attribute, value, form) => {
  expect(shapeOf(undefined, 'v2').canonical(attribute)?.(value)).toBe(form);
});

test.each([
  ['2025-02-03', 'YYYY-MM-DD', '2025-02-03'],
  ['2025-02-03T10:00:00Z', 'DD/MM/YYYY', '2025-02-03'],
  ['03/02/2025', 'DD/MM/YYYY', '2025-02-03'],
  ['02/03/2025, 10:00:00', 'MM/DD/YYYY', '2025-02-03'],
  ['31/02/2025', 'DD/MM/YYYY', undefined],
  ['03/02/2025', 'YYYY-MM-DD', undefined],
  ['soon', 'YYYY-MM-DD', undefined],
] as const)('the date %s of a portal that writes %s is %s', (text, format, date) => {
  expect(dateFrom(text, format)).toBe(date);
  if (date !== undefined) expect(dateFrom(dateText(date, format), format)).toBe(date);
});

test.each([
  ['A user with the same email address already exists', 'A user with the same email address already exists'],
  ['The e-mail noor.jansen@example.org is taken', 'The e-mail … is taken'],
  ['User Noor Jansen (412) already exists', 'User … (…) already exists'],
  ['name: maximum 191 characters.', 'name: maximum 191 characters.'],
  ['Token s3cr3t-abc was refused', 'Token … was refused'],
  ['<b>Jansen</b> is invalid', '… is invalid'],
  [
    'The value "Noordwijk" is not valid for the field division',
    'The value … is not valid for the field division',
  ],
  ['see https://example.org/noor', ''],
  ['Noor Jansen', ''],
  [undefined, ''],
  [{ message: 'Noor' }, ''],
])('%j tells nobody who it is about', (message, words) => {
  expect(vendorWords(message, { fields: ['custom.division'] })).toBe(words);
});

test.each([
  [{ _data: { id: 'task-1' } }, 'task-1'],
  [{ _data: { task_id: 'b7' } }, 'b7'],
  [{ background_task_id: 77 }, '77'],
  [{ _data: 'b7' }, 'b7'],
  [{ _data: {} }, undefined],
  [null, undefined],
])('the task behind the answer %j is found', (body, id) => {
  expect(taskIdOf(body)).toBe(id);
});

test.each([
  [{ domain: 'acme.talentlms.com' }, 'https://acme.talentlms.com/api/v2'],
  [{ baseUrl: 'http://127.0.0.1:8080/' }, 'http://127.0.0.1:8080/api/v2'],
])('%j leads to %s', (config, url) => {
  expect(baseUrlOf(configSchema.parse(config))).toBe(url);
});

test.each([
  [{}, 'domain'],
  [{ domain: 'acme.talentlms.com', baseUrl: 'http://127.0.0.1:1' }, 'domain'],
  [{ domain: 'https://acme.talentlms.com' }, 'domain'],
  [{ domain: 'acme.talentlms.com', apiVersion: '2' }, 'apiVersion'],
  [{ domain: 'acme.talentlms.com', token: 'x' }, ''],
])('%j is refused', (config, path) => {
  const { success, error } = configSchema.safeParse(config);
  expect(success).toBe(false);
  expect(error?.issues[0]?.path.join('.')).toBe(path);
});

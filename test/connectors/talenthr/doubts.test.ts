import { expect, test } from 'vitest';
import { comparableLanguage } from '../../../src/connectors/talenthr/languages.ts';
import { Waiting } from '../../../src/model/error.ts';
import { ada, answerWith, noor, openBench, order } from './bench.ts';

const hire = { employmentStatus: 'Full-Time', payRate: 0, payRatePeriod: 'month' };

test('what we wrote is read anew, although the directory shows nothing of it', async () => {
  const bench = await openBench({ employees: [ada(1, { profile: { city: 'Delft' } })] });
  const city = async () => (await bench.read(['city'])).rows[0]?.values[0];
  expect(await city()).toBe('Delft');
  await bench.apply(order({ kind: 'update', accountId: '1', set: { city: 'Leiden' } }));
  expect(await city()).toBe('Leiden');
});

test('a no that comes with 200 is a no', async () => {
  const bench = await openBench({ employees: [ada(1)], config: { hire } });
  const error = { message: 'The email noor1@example.org has already been taken.' };
  answerWith(bench, 'POST', '/v1/employees/hire', { success: false, error });
  answerWith(bench, 'PUT', '/v1/employees/1', { success: false, error: { city: ['is too long'] } });
  const results = await bench.apply(
    noor(1),
    order({ kind: 'update', accountId: '1', set: { city: 'Delft' } }),
  );
  const said = results.map(({ outcome, error: fault }) => `${outcome}: ${fault?.message ?? ''}`);
  expect(said.toSorted()).toEqual([
    'rejected: TalentHR refused it (200): "The email … has already been taken."',
    'rejected: TalentHR refused it (200): "city: is too long"',
  ]);
});

test('where nobody can be hired at all, the pass stops until somebody has looked', async () => {
  const bench = await openBench({ config: { hire } });
  answerWith(bench, 'POST', '/v1/employees/hire', { success: false }, 404);
  expect(await bench.apply(noor(1))).toMatchObject([{ error: { reason: 'NotFound', fate: 'stalled' } }]);
});

test('an answer to a hire without the id is looked up', async () => {
  const bench = await openBench({ config: { hire } });
  answerWith(bench, 'POST', '/v1/employees/hire', { success: true, data: {} });
  const given = noor(1);
  expect(await bench.apply(given)).toMatchObject([{ outcome: 'unknown', error: { fate: 'person' } }]);
  expect(await bench.resolve(given)).toEqual({ state: 'not-done' });
});

test.each([
  { name: 'without the word success', body: { data: { total: 0, rows: [] } } },
  { name: 'with a total that its rows do not reach', body: { success: true, data: { total: 3, rows: [] } } },
])('nobody is looked up in an answer $name', async ({ body }) => {
  const bench = await openBench({ employees: [ada(1)] });
  answerWith(bench, 'GET', '/v1/directory', body);
  await expect(bench.find(['id'], [{ attribute: 'email', value: 'x@example.org' }])).rejects.toThrow(Waiting);
});

test('a name is not missed in a small list that came cut', async () => {
  const bench = await openBench({ config: { hire }, employees: [ada(1, { department: 'Operations' })] });
  answerWith(bench, 'GET', '/v1/departments', { success: true, data: { total: 9, rows: [] } });
  const [result] = await bench.apply(noor(1, { department: 'Operations' }));
  expect(result).toMatchObject({
    outcome: 'not-sent',
    error: { reason: 'UnexpectedAnswer', fate: 'waiting' },
  });
});

test('languages that are read differently are not taken for one', () => {
  expect(['en-US', 'en_GB', 'EN'].map(comparableLanguage)).toEqual(['en', 'en', 'en']);
  expect(['pt-PT', 'pt-BR', 'zh-CN', 'zh-TW'].map(comparableLanguage)).toEqual([
    'pt',
    'pt-br',
    'zh',
    'zh-hant',
  ]);
});

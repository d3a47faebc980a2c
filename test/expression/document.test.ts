import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expressionsPage } from '../../src/expression/document.ts';
import { allFunctions } from '../../src/expression/functions/all.ts';

const page = new URL('../../docs/expressions.md', import.meta.url);

test('docs/expressions.md is what the definitions say; write expressionsPage() there when it is not', () => {
  expect(readFileSync(page, 'utf8')).toBe(expressionsPage());
});

test('each function is on the page with its meaning and an example', () => {
  for (const { name, meaning, examples } of allFunctions) {
    expect(expressionsPage()).toContain(`**${name}** · `);
    expect(expressionsPage()).toContain(meaning);
    expect(examples.length).toBeGreaterThan(0);
  }
});

test('each function of Entra has its place or the reason why it has none', () => {
  const entra =
    'Append AppRoleAssignmentsComplex BitAnd CBool CDate Coalesce ConvertToBase64 ConvertToUTF8Hex Count CStr DateAdd ' +
    'DateDiff DateFromNum DefaultDomain FormatDateTime Guid IgnoreFlowIfNullOrEmpty IIF InStr IsNull IsNullOrEmpty ' +
    'IsPresent IsString Item Join Left Len Mid NormalizeDiacritics Not Now NumFromDate PCase RandomString Redact ' +
    'RemoveDuplicates Replace SelectUniqueValue SingleAppRoleAssignment Split StripSpaces Switch ToLower ToUpper Word';
  const rows = [...expressionsPage().matchAll(/^\| ([A-Z][\w, ]*) \|/gm)].flatMap(([, names = '']) =>
    names.split(', '),
  );
  for (const name of entra.split(' ')) expect(rows).toContain(name);
});

/** Every function of Entra's expressions, and every operator of its scoping filters, as its reference lists them. */
const entra =
  `Append AppRoleAssignmentsComplex BitAnd CBool CDate Coalesce ConvertToBase64 ConvertToUTF8Hex Count CStr DateAdd
  DateDiff DateFromNum DefaultDomain FormatDateTime Guid IgnoreFlowIfNullOrEmpty IIF InStr IsNull IsNullOrEmpty IsPresent
  IsString Item Join Left Len Mid NormalizeDiacritics Not Now NumFromDate PCase RandomString Redact RemoveDuplicates Replace
  SelectUniqueValue SingleAppRoleAssignment Split StripSpaces Switch ToLower ToUpper Word EQUALS Greater_Than
  Greater_Than_OR_EQUALS Includes ENDS_WITH &`.split(/\s+/);

test('whoever comes from Entra finds each function and operator, with what stands for it or why nothing does', () => {
  const [, table = ''] = expressionsPage().split('## For those who come from Entra');
  const named = [...table.matchAll(/^\| ([^|]+) \| (.+) \|$/gm)].flatMap(([, names = '', ours = '']) =>
    ours.trim() === '' ? [] : names.split(', ').map((name) => name.trim()),
  );
  expect(entra.filter((name) => !named.includes(name))).toEqual([]);
});

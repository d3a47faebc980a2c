import { expect, test } from 'vitest';
import { personio } from '../../../../src/connectors/personio/connector.ts';
import { configSchema, standardAttributes } from '../../../../src/connectors/personio/schema.ts';
import { v2Attributes } from '../../../../src/connectors/personio/v2/attributes.ts';
import type { Row } from '../../../../src/model/row.ts';
import { testContext } from '../../../contract/context.ts';
import { company } from './company.ts';

/** What both have and may differ in, with the reason. */
const otherForm = new Set([
  'gender', // What nobody chose is empty text in v1 and `UNSPECIFIED` in v2.
  'created_at', // A moment with the company's offset in v1, and in UTC in v2.
  'last_modified_at',
  'termination_type', // Both have words of their own.
  'supervisor.email', // Which parts of a supervisor v1 shows is open; the stand-in shows the id.
  'supervisor.first_name',
  'supervisor.last_name',
]);

test('a spec may change from v1 to v2: the same people with the same values under the same names', async () => {
  const { server, readAll } = await company();
  server.leave(3, '2026-12-31');
  server.employees.get(4)?.set('supervisor', 1).set('team', null).set('office', []);
  const shared = standardAttributes.filter(
    ({ name }) => v2Attributes.some((one) => one.name === name) && !otherForm.has(name),
  );
  const names = [...shared.map(({ name }) => name), 'custom.User_City', 'custom.Anniversary', 'custom.Badge'];
  const wanted = [...names, 'custom.Language Skills', 'custom.Date of birth'];
  const v1 = personio.openReader(
    testContext({
      config: configSchema.parse({ baseUrl: server.url }),
      secrets: { clientId: 'us', clientSecret: 'hush' },
    }),
  );
  const byV1: Row[] = [];
  for await (const rows of v1.read({ attributes: wanted }, AbortSignal.timeout(10_000))) byV1.push(...rows);
  await v1.close();
  const { rows } = await readAll(...wanted);
  const valuesOf = ({ id, values }: Row) => [
    id,
    Object.fromEntries(wanted.map((name, at) => [name, values[at]])),
  ];
  expect(rows.map(valuesOf)).toEqual(byV1.map(valuesOf));
  expect(rows.some(({ fault }) => fault !== undefined)).toBe(false);
  expect(shared.length).toBeGreaterThan(25);
});

test('what both publish has one type and one class', () => {
  const inV1 = new Map(standardAttributes.map((spec) => [spec.name, spec]));
  const only = v2Attributes.filter(({ name }) => !inV1.has(name)).map(({ name }) => name);
  expect(only).toEqual(['legal_entity.id', 'legal_entity.name']);
  for (const spec of v2Attributes) expect(inV1.get(spec.name) ?? spec).toBe(spec);
});

import type { KeyedHash } from '../../src/model/keyed-hash.ts';
import type { LinkRecord, Owner } from '../../src/model/link.ts';
import type { Reading, Shape } from '../../src/model/reading.ts';
import type { Receipt, Row } from '../../src/model/row.ts';
import type { Value } from '../../src/model/value.ts';
import type { PlanInput } from '../../src/plan/input.ts';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import { ReadingBuilder } from '../../src/model/packed-reading.ts';
import type { Fields } from './columns.ts';
import { noon, sourceColumns, targetColumns } from './columns.ts';
import { sync } from './specs.ts';

/** A person of the source with an e-mail, a first name and a department, here unless the fields say otherwise. */
export function person(id: string, fields: Fields = {}, marks: Partial<Row> = {}): Row {
  const usual: Fields = {
    id,
    email: `${id}@example.com`,
    first_name: id.toUpperCase(),
    department: 'Sales',
    status: 'active',
    zone: 'UTC',
  };
  const all = { ...usual, ...fields };
  return { id, values: sourceColumns.map((name) => all[name]), ...marks };
}

/** The account as it looks when everything is in order: `acc-ada` for ada. */
export function account(id: string, fields: Fields = {}, marks: Partial<Row> = {}): Row {
  const usual: Fields = { hris_id: id, email: `${id}@example.com`, first_name: id.toUpperCase() };
  const all = { ...usual, ...fields };
  return { id: `acc-${id}`, values: targetColumns.map((name) => all[name]), active: true, ...marks };
}

/** An account that nobody has claimed: without the identity attribute. */
export function stranger(id: string, fields: Fields = {}, marks: Partial<Row> = {}): Row {
  return account(id, { hris_id: undefined, ...fields }, marks);
}

export function link(personId: string, fields: Partial<LinkRecord> = {}): LinkRecord {
  return {
    sync: 'staff',
    target: 'lms',
    personId,
    accountId: `acc-${personId}`,
    state: 'active',
    endedAt: null,
    absentReads: 0,
    absentSince: null,
    missingReads: 0,
    writtenAt: null,
    mapping: 'mapping-1',
    applied: hashed({
      hris_id: personId,
      email: `${personId}@example.com`,
      first_name: personId.toUpperCase(),
    }),
    ...fields,
  };
}

/** Not a real hash, so that a test can read it. */
export const hash: KeyedHash = (attribute, value) => `#${attribute}:${JSON.stringify(value)}`;

export function hashed(values: Readonly<Record<string, Value>>): string {
  return Object.keys(values)
    .toSorted()
    .map((name) => `${name}=${hash(name, values[name] ?? null)}`)
    .join('\n');
}

/** E-mails come back in lower case, as in most systems. */
export const shape: Shape = {
  system: 'the platform',
  abilities: { create: true, update: true, enable: true, disable: true, delete: true },
  attributes: [],
  canonical: (attribute) =>
    attribute === 'email' || attribute === 'login' ? (value) => String(value).toLowerCase() : undefined,
  delivers: false,
};

function reading(columns: readonly string[], rows: readonly Row[], asOf = noon): Reading {
  const builder = new ReadingBuilder(columns);
  for (const row of rows) builder.add(row);
  const receipt: Receipt = {
    pages: 1,
    records: rows.length,
    end: 'total reached',
    asOf: new Date(asOf).toISOString(),
  };
  return builder.finish(receipt);
}

export interface Situation {
  readonly sync?: Partial<CompiledSync> | undefined;
  readonly people?: readonly Row[];
  readonly accounts?: readonly Row[];
  readonly links?: readonly LinkRecord[];
  /** Owners of other syncs; our own active links are added. */
  readonly owners?: Readonly<Record<string, Owner>>;
  readonly shape?: Partial<Shape>;
  readonly now?: number;
  readonly asOf?: number;
  readonly only?: readonly string[];
}

export function inputOf(given: Situation): PlanInput {
  const { links = [], now = noon } = given;
  const asOf = given.asOf ?? now;
  const ours = links
    .filter(({ state }) => state === 'active')
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1))
    .map((one): [string, Owner] => [one.accountId, { sync: one.sync, personId: one.personId }]);
  return {
    sync: sync(given.sync),
    people: reading(sourceColumns, given.people ?? [], asOf),
    accounts: reading(targetColumns, given.accounts ?? [], asOf),
    shape: { ...shape, ...given.shape },
    memory: {
      links: new Map(links.map((one) => [one.personId, one])),
      owners: new Map([...ours, ...Object.entries(given.owners ?? {})]),
    },
    now,
    hash,
    ...(given.only === undefined ? {} : { only: new Set(given.only) }),
  };
}

import type { Evaluation, Expression, ExpressionCompiler } from '../../src/expression/expression.ts';
import type { AttributeSpec } from '../../src/model/attribute.ts';
import type { KeyedHash } from '../../src/model/keyed-hash.ts';
import type { LinkRecord, Owner } from '../../src/model/link.ts';
import { ReadingBuilder } from '../../src/model/packed-reading.ts';
import type { Reading, Shape } from '../../src/model/reading.ts';
import type { Receipt, Row } from '../../src/model/row.ts';
import type { Value } from '../../src/model/value.ts';
import { isNothing } from '../../src/model/value.ts';
import type { PlanInput } from '../../src/plan/input.ts';
import type { CompiledSync, MappedAttribute, Then } from '../../src/spec/compiled.ts';

/** Sunday, 22 November 2026, noon in UTC. */
export const noon = Date.UTC(2026, 10, 22, 12);
export const day = 24 * 60 * 60 * 1000;

export const sourceColumns = [
  'id',
  'email',
  'first_name',
  'phone',
  'department',
  'status',
  'starts',
  'lastDay',
  'supervisor',
  'zone',
  'login',
];

export const targetColumns = ['hris_id', 'email', 'first_name', 'phone', 'login', 'manager', 'role'];

type Fields = Readonly<Record<string, Value | undefined>>;

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

/** Reads one attribute of the source; absent and null are absent, `!broken` is a fault of the record. */
export function reads(name: string): Expression {
  return expression(`source.${name}`, [name], (record) => {
    const value = record[name];
    if (isNothing(value)) return { kind: 'absent', attributes: [name] };
    if (value === '!broken') return { kind: 'error', message: `source.${name} cannot be read` };
    return { kind: 'value', value };
  });
}

/** A clause: the attribute is one of these. */
export function isOneOf(name: string, ...values: Value[]): Expression {
  return expression(`source.${name} in ${JSON.stringify(values)}`, [name], (record) => {
    const found = reads(name).evaluate({ opaque: { record, today: '' } });
    return found.kind === 'value' ? { kind: 'value', value: values.includes(found.value) } : found;
  });
}

export function expression(
  text: string,
  attributes: readonly string[],
  evaluate: (record: Fields, today: string) => Evaluation,
): Expression {
  return {
    text,
    type: 'text',
    reads: attributes,
    lookups: [],
    readsToday: false,
    class: 'personal',
    evaluate: ({ opaque }) => {
      const { record, today } = opaque as { record: Fields; today: string };
      return evaluate(record, today);
    },
  };
}

const compiler: ExpressionCompiler = {
  compile: () => {
    throw new Error('these tests compile nothing');
  },
  bindColumns: (columns) => ({
    bind: (values, today) => ({
      opaque: { record: Object.fromEntries(columns.map((name, at) => [name, values[at]])), today },
    }),
  }),
};

const place = { file: 'specs/staff.yaml', line: 1, column: 1 };

export function clause(id: string, of: Expression) {
  return { id, expression: of, place };
}

export function mapped(
  name: string,
  of: Expression | MappedAttribute['result'],
  more: Partial<MappedAttribute> & { readonly facts?: Partial<AttributeSpec> } = {},
): MappedAttribute {
  const { facts, ...rest } = more;
  const result = 'kind' in of ? of : ({ kind: 'expression', expression: of } as const);
  return {
    name,
    result,
    policy: 'enforce',
    onNull: 'keep',
    class: 'personal',
    spec: { name, type: 'text', class: 'personal', write: 'always', ...facts },
    text: 'text' in of ? of.text : '',
    place,
    ...rest,
  };
}

export const emailAttribute = mapped('email', reads('email'), {
  onNull: 'error',
  facts: { rename: true, unique: true },
});

/** Staff to a learning platform: hris_id is the identity, e-mail the match, e-mail and first name are enforced. */
export function sync(fields: Partial<CompiledSync> = {}): CompiledSync {
  return {
    name: 'staff',
    owner: undefined,
    from: 'hr',
    to: 'lms',
    direction: 'hr → lms',
    mode: 'full',
    suspend: undefined,
    compiler,
    sourceWant: { attributes: sourceColumns },
    targetWant: { attributes: targetColumns },
    who: [],
    identity: [mapped('hris_id', reads('id'), { onNull: 'error' })],
    match: [
      { id: 'match[0]', items: [{ attribute: 'email', expression: reads('email') }], accounts: 'active' },
    ],
    attributes: [emailAttribute, mapped('first_name', reads('first_name'))],
    status: {
      value: reads('status'),
      here: new Set(['active']),
      away: new Set(['leave']),
      left: new Set(['inactive']),
    },
    dates: { starts: reads('starts'), lastDay: reads('lastDay'), timezone: reads('zone') },
    ...withThen({}),
    limits: {},
    onBreach: 'hold-class',
    approval: 'on-breach',
    protect: [],
    minimumActive: undefined,
    schedule: { kind: 'manual', onActivation: false, windows: { allow: [], deny: [] } },
    notify: [],
    place,
    digest: 'mapping-1',
    ...fields,
  };
}

/** What becomes of people's accounts; what is left out is as in a spec that says nothing. */
export function withThen(said: {
  readonly left?: Then['left']['disable'];
  readonly away?: Then['away'];
  readonly outOfScope?: Then['outOfScope'];
  readonly vanished?: Then['vanished']['then'];
  readonly vanishedAfterMs?: number;
}): { readonly then: Then } {
  const { left = 'at-end-of-day', away = 'keep', outOfScope = 'keep', vanished = 'hold' } = said;
  const afterMs = said.vanishedAfterMs ?? 7 * day;
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- the specs' word, never awaited
    then: {
      left: { disable: left },
      away,
      outOfScope,
      // oxlint-disable-next-line unicorn/no-thenable -- the specs' word, never awaited
      vanished: { afterMs, then: vanished },
      returned: 'reuse',
    },
  };
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

export function reading(columns: readonly string[], rows: readonly Row[], asOf = noon): Reading {
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

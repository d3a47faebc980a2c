import type { Evaluation, Expression, ExpressionCompiler } from '../../src/expression/expression.ts';
import type { AttributeSpec } from '../../src/model/attribute.ts';
import type { Value } from '../../src/model/value.ts';
import type { CompiledSync, MappedAttribute, Then } from '../../src/spec/compiled.ts';
import { isNothing } from '../../src/model/value.ts';
import type { Fields } from './columns.ts';
import { day, sourceColumns, targetColumns } from './columns.ts';

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

function expression(
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
    entity: 'person',
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
    welcome: undefined,
    knownRecipients: [],
    schedule: { kind: 'manual', onActivation: false, windows: { allow: [], deny: [] } },
    notify: [],
    place,
    digest: 'mapping-1',
    ...fields,
  };
}

/** What becomes of people's accounts; what is left out is as in a spec that says nothing. */
export function withThen(said: {
  readonly starting?: Partial<Then['starting']>;
  readonly left?: Then['left']['disable'];
  readonly immediatelyWhen?: Expression;
  readonly deleteAfterMs?: number;
  readonly returned?: Then['returned'];
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
      starting: { createBeforeDays: 0, enable: 'at-start-of-day', ...said.starting },
      left: {
        disable: left,
        immediatelyWhen: said.immediatelyWhen,
        deleteAfterMs: said.deleteAfterMs,
      },
      away,
      outOfScope,
      // oxlint-disable-next-line unicorn/no-thenable -- the specs' word, never awaited
      vanished: { afterMs, then: vanished },
      returned: said.returned ?? 'reuse',
    },
  };
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Value } from '../../src/model/value.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import type { Store } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { day, targetColumns } from '../plan/columns.ts';
import { person, shape } from '../plan/people.ts';
import { emailAttribute, mapped, reads } from '../plan/specs.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const name = mapped('first_name', reads('first_name'));
const phone = mapped('phone', reads('phone'));
const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
const flow: Partial<CompiledSync> = { attributes: [emailAttribute, name, phone, manager] };

/** What ten passes have in store, one letter each: `w` something was written, `.` nothing, `!` something is left alone. */
async function passes(count = 10, fields: Partial<CompiledSync> = flow, more: Partial<PassDeps> = {}) {
  const seen: string[] = [];
  for (let pass = 0; pass < count; pass += 1) {
    const before = rig.log.length;
    const { drift } = await rig.pass(fields, more);
    seen.push((rig.log.length > before ? 'w' : '.') + (drift.length > 0 ? '!' : ''));
  }
  return seen.join(' ');
}

const shown = (id: string, attribute: string) =>
  rig.accounts.get(id)?.values[targetColumns.indexOf(attribute)];

function edit(id: string, attribute: string, value: Value): void {
  const row = rig.accounts.get(id);
  if (row === undefined) throw new Error(id);
  rig.accounts.set(id, {
    ...row,
    values: row.values.map((old, at) => (targetColumns[at] === attribute ? value : old)),
  });
}

const strays = async () => (await rig.store.links('staff'))[0]?.strays;

const text = (make: (value: string) => string) => (value: Value) =>
  typeof value === 'string' ? make(value) : value;

describe('a target that hands values back in another form, which its connector describes, is written once', () => {
  test.each([
    { form: 'upper case', make: text((value) => value.toUpperCase()) },
    { form: 'lower case', make: text((value) => value.toLowerCase()) },
    { form: 'composed characters', make: text((value) => value.normalize('NFC')) },
    { form: 'no spaces around', make: text((value) => value.trim()) },
    { form: 'a date without its time of day', make: text((value) => value.slice(0, 10)) },
  ])('$form', async ({ make }) => {
    rig.shape = { ...shape, canonical: () => make };
    rig.keeps = (_, value) => (value === undefined ? value : make(value));
    rig.people = [
      person('ada', { first_name: ' A\u0308da ', phone: '2026-11-22T09:30:00Z' }),
      person('ben', { first_name: 'Ben', supervisor: 'ada' }),
    ];
    expect(await passes(4)).toBe('w . . .');
    expect(rig.log.filter((order) => order.startsWith('create'))).toHaveLength(2);
  });

  test('one that adds attributes on its own', async () => {
    rig.shape = shape;
    rig.people = [person('ada')];
    await passes(1);
    edit('new-1', 'phone', '+49 1');
    edit('new-1', 'role', 'learner');
    expect(await passes(3)).toBe('. . .');
    expect(rig.log).toEqual(['create ada']);
  });
});

describe('a target that silently refuses a value', () => {
  beforeEach(() => {
    rig.people = [person('ada', { phone: '1' }), person('ben')];
    rig.keeps = (attribute, value, before) => (attribute === 'first_name' ? 'fixed' : (value ?? before));
  });

  test('is written three times, and then the value is reported and left alone, for each account', async () => {
    expect(await passes()).toBe('w w w .! .! .! .! .! .! .!');
    expect(rig.log.filter((order) => order.endsWith('ada'))).toEqual([
      'create ada',
      'update ada',
      'update ada',
    ]);
    expect(rig.log).toHaveLength(6);
    const { drift, summary } = await rig.pass(flow);
    expect(drift.map(({ personId, attribute, reason }) => `${personId} ${attribute} ${reason}`)).toEqual([
      'ada first_name NotConverging',
      'ben first_name NotConverging',
    ]);
    expect([summary.result, summary.drift, summary.notConverging, summary.message]).toEqual([
      'settled',
      2,
      2,
      'nothing to do; does not converge: first_name (2 accounts)',
    ]);
  });

  test('goes on being written where something else of that person changes, without that value', async () => {
    await passes(5);
    rig.log.length = 0;
    rig.people = [person('ada', { phone: '2' }), person('ben')];
    expect(await passes(3)).toBe('w! .! .!');
    expect(rig.log).toEqual(['update ada']);
    expect(shown('new-1', 'phone')).toBe('2');
  });

  test('is told in a condition, a metric, the run and its people', async () => {
    const metrics = createMetrics();
    await passes(4, flow, { telemetry: { log: createLogger({ level: 'silent' }), metrics } });
    const { conditions } = await rig.store.syncState('staff');
    expect(conditions.find(({ type }) => type === 'Drifted')).toMatchObject({
      status: true,
      reason: 'NotConverging',
      message: expect.stringContaining('the target does not keep first_name (2 accounts): '),
    });
    expect(await metrics.registry.getSingleMetricAsString('rosterd_not_converging')).toContain(
      'rosterd_not_converging{sync="staff"} 2',
    );
    const [run] = await rig.store.runs({ sync: 'staff', limit: 1 });
    const people = await rig.store.people(run?.id ?? '');
    expect(people.map(({ personId, outcome, reason }) => `${personId} ${outcome} (${reason})`)).toEqual([
      'ada reported (does not converge: first_name)',
      'ben reported (does not converge: first_name)',
    ]);
  });

  test('is written three times more for another value, and under another mapping', async () => {
    await passes(5);
    rig.people = [person('ada', { phone: '1', first_name: 'Augusta' }), person('ben')];
    expect(await passes(5)).toBe('w! w! w! .! .!');
    expect(await passes(5, { ...flow, digest: 'mapping-2' })).toBe('w w w .! .!');
    expect(rig.log).toHaveLength(6 + 3 + 6);
  });

  test('and then takes it, is left in peace', async () => {
    await passes(2);
    rig.keeps = (_, value) => value;
    expect(await passes(3)).toBe('w . .');
    expect(await strays()).toBeUndefined();
  });

  test('once corrected by hand, is written again when it strays again', async () => {
    await passes(5);
    for (const id of ['new-1', 'new-2']) edit(id, 'first_name', id === 'new-1' ? 'ADA' : 'BEN');
    expect(await passes(2)).toBe('. .');
    expect(await strays()).toBeUndefined();
    edit('new-1', 'first_name', 'Other');
    expect(await passes(4)).toBe('w w .! .!');
  });

  test('counts in no limit once it is left alone', async () => {
    const limits = { update: { floor: 6, atMost: 6 } };
    await passes(5, { ...flow, limits });
    rig.people = [person('ada', { phone: '2' }), person('ben')];
    const { summary } = await rig.pass({ ...flow, limits });
    expect([summary.result, summary.held]).toEqual(['applied', 0]);
  });

  test('is not asked again by a sync that may not write, and that does not change what is counted', async () => {
    await passes(2);
    const before = await strays();
    expect(await passes(4, { ...flow, mode: 'observe' })).toBe('. . . .');
    expect(await strays()).toBe(before);
    expect(await passes(3)).toBe('w .! .!');
  });

  test('refuses a reference to a person as well', async () => {
    rig.keeps = (attribute, value) => (attribute === 'manager' ? 'nobody' : value);
    rig.people = [person('ada', { supervisor: 'ben' }), person('ben')];
    expect(await passes(6)).toBe('w w w .! .! .!');
    expect(rig.log.filter((order) => order.startsWith('update'))).toHaveLength(3);
  });
});

test('what somebody edits by hand between passes is corrected each time, as long as the correction is seen', async () => {
  rig.people = [person('ada')];
  await passes(1);
  for (let round = 0; round < 3; round += 1) {
    edit('new-1', 'first_name', `Other ${round}`);
    expect(await passes(2)).toBe('w .');
  }
  expect(shown('new-1', 'first_name')).toBe('ADA');
});

describe('what is counted is what is known to be written', () => {
  beforeEach(async () => {
    rig.people = [person('ada')];
    await passes(1);
    rig.keeps = (attribute, value) => (attribute === 'first_name' ? 'fixed' : value);
    edit('new-1', 'first_name', 'fixed');
    rig.log.length = 0;
  });

  test('a write that the target rejects is no write', async () => {
    rig.fate = () => 'rejected';
    for (let pass = 0; pass < 4; pass += 1) {
      await rig.pass(flow);
      rig.later(2 * day);
    }
    expect(await strays()).toBeUndefined();
    rig.fate = () => 'applied';
    expect(await passes(4)).toBe('w w .! .!');
  });

  test('what is delivered is applied by somebody else, who takes their time', async () => {
    rig.writer = (inner) => ({
      close: () => inner.close(),
      async *apply(orders, signal) {
        for await (const result of inner.apply(orders, signal)) yield { ...result, outcome: 'delivered' };
      },
    });
    expect(await passes(5)).toBe('w w w w w');
    expect(await strays()).toBeUndefined();
  });

  test.each([
    { became: 'done', written: 2, strays: 'first_name=1' },
    { became: 'not-done', written: 3, strays: undefined },
  ] as const)('a lost answer that turns out $became', async ({ became, written, strays: counted }) => {
    rig.resolve = async () => (became === 'done' ? { state: became, accountId: 'new-1' } : { state: became });
    rig.fate = () => 'lost';
    await rig.pass(flow);
    expect(await strays()).toBeUndefined();
    rig.fate = () => 'applied';
    rig.people = [];
    await rig.pass(flow);
    expect(await strays()).toBe(counted);
    rig.people = [person('ada')];
    await passes(5);
    expect(rig.log).toHaveLength(written);
  });

  test.each([
    { when: 'before', became: 'done', written: 2 },
    { when: 'before', became: 'not-done', written: 3 },
    { when: 'after', became: 'not-done', written: 2 },
  ] as const)(
    'a process that dies $when the outcome is kept, of a write that was $became',
    async ({ when, became, written }) => {
      rig.resolve = async () =>
        became === 'done' ? { state: became, accountId: 'new-1' } : { state: became };
      rig.around = (store) => dyingAt(store, 'settle', when);
      await rig.pass(flow);
      expect(rig.log).toEqual(['update ada']);
      rig.around = (store) => store;
      // The lease of whoever died must run out.
      rig.later(day);
      await passes(6);
      expect(rig.log).toHaveLength(written);
      expect(await strays()).toBe('first_name=2');
    },
  );
});

/** From this call on nothing of the store answers any more: the process is gone. */
function dyingAt(store: Store, method: keyof Store, when: 'before' | 'after'): Store {
  let dead = false;
  return new Proxy(store, {
    get:
      (real, of) =>
      async (...args: unknown[]) => {
        if (of === method && when === 'before') dead = true;
        if (dead) throw new Error('the process is gone');
        const answer: unknown = await Reflect.apply(Reflect.get(real, of) as () => unknown, real, args);
        if (of === method) dead = true;
        return answer;
      },
  });
}

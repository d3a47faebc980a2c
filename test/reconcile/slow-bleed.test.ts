import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LimitClass } from '../../src/model/change.ts';
import type { CompiledSync, Limits } from '../../src/spec/compiled.ts';
import { account, person, stranger } from '../plan/people.ts';
import { clause, emailAttribute, isOneOf, mapped, reads, withThen } from '../plan/specs.ts';
import { Rig } from './rig.ts';

const hour = 3_600_000;
const dayMs = 24 * hour;
const ids = ['ada', 'ben', 'cleo', 'dora', 'eve', 'finn', 'gina', 'hank'];

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

type Fields = Parameters<typeof person>[1];

/** Everybody is there, linked, and what that took is out of the windows. */
async function settled(fields: Partial<CompiledSync> = {}, values: Fields = {}): Promise<void> {
  rig.people = ids.map((id) => person(id, values));
  rig.hold(...ids.map((id) => account(id)));
  await rig.pass(fields);
  rig.log.length = 0;
  rig.later(2 * dayMs);
}

/** From now on this is so of these people, of the others what was. */
function change(some: readonly string[], fields: Fields): void {
  rig.people = rig.people.map((row) => (some.includes(row.id) ? person(row.id, fields) : row));
}

const leave = (...some: string[]) => change(some, { status: 'inactive' });

/** One pass of another process, an hour later: how it ended. */
async function next(
  fields: Partial<CompiledSync> = {},
  more: Parameters<Rig['pass']>[1] = {},
): Promise<string> {
  rig.later(hour);
  await rig.restart();
  const { summary } = await rig.pass(fields, more);
  return summary.reason === null ? summary.result : `${summary.result} ${summary.reason}`;
}

const phone = mapped('phone', reads('phone'), { onNull: 'clear' });
const inSales = { who: [clause('who[0]', isOneOf('department', 'Sales'))] };

interface Bleed {
  readonly class: LimitClass;
  readonly fields?: Partial<CompiledSync>;
  readonly values?: Fields;
  readonly begin?: 'empty';
  /** What befalls one more person. */
  readonly befalls: (id: string) => void;
}

const bleeds: readonly Bleed[] = [
  { class: 'leave', befalls: (id) => leave(id) },
  {
    class: 'remove',
    fields: { ...inSales, ...withThen({ outOfScope: 'disable' }) },
    values: { department: 'Sales' },
    befalls: (id) => change([id], { department: 'Sport' }),
  },
  { class: 'update', befalls: (id) => change([id], { first_name: 'New' }) },
  { class: 'rename', befalls: (id) => change([id], { email: `${id}@new.example.com` }) },
  {
    class: 'clear',
    fields: { attributes: [emailAttribute, phone] },
    values: { phone: '110' },
    befalls: (id) => change([id], {}),
  },
  {
    class: 'create',
    begin: 'empty',
    befalls: (id) => {
      rig.people = [...rig.people, person(id)];
    },
  },
  {
    class: 'adopt',
    begin: 'empty',
    befalls: (id) => {
      rig.people = [...rig.people, person(id)];
      rig.hold(stranger(id));
    },
  },
];

describe('one person in each pass, two allowed in a day: the third waits, whichever process comes', () => {
  test.each(bleeds)('$class', async ({ class: of, fields, values, begin, befalls }) => {
    const limits: Limits = { [of]: { floor: 2, fraction: 0 } };
    const rules = { ...fields, limits };
    if (begin === undefined) await settled(fields, values);
    else await rig.pass(rules);
    const ended: string[] = [];
    for (const id of ids.slice(0, 4)) {
      befalls(id);
      ended.push(await next(rules));
    }
    expect(ended).toEqual(['applied', 'applied', 'held LimitReached', 'held LimitReached']);
    const touched = new Set(rig.log.map((order) => order.split(' ')[1]));
    if (of !== 'adopt') expect(touched).toEqual(new Set(['ada', 'ben']));
    expect((await rig.store.links('staff')).length).toBe(begin === undefined ? ids.length : 2);
  });
});

describe('the window', () => {
  test.each([
    {
      name: 'still counts a millisecond before its 24 hours are over',
      hours: 24,
      early: 1,
      ends: 'held LimitReached',
    },
    { name: 'counts no more when they are', hours: 24, early: 0, ends: 'applied' },
    {
      name: 'still counts a millisecond before three hours of a spec',
      hours: 3,
      early: 1,
      ends: 'held LimitReached',
    },
    { name: 'counts no more when those are over', hours: 3, early: 0, ends: 'applied' },
  ])('$name', async ({ hours, early, ends }) => {
    const windowMs = hours * hour;
    const rules = { limits: { leave: { floor: 0, fraction: 1, atMost: 3, windowMs } } };
    await settled();
    leave('ada', 'ben', 'cleo');
    expect(await next(rules)).toBe('applied');
    const applied = rig.now();
    leave('dora');
    // A pass begins a minute later, and each of its two readings takes a millisecond.
    rig.later(windowMs - hour - 60_002 - early);
    expect(await next(rules)).toBe(ends);
    expect(rig.now() - applied).toBe(windowMs - early);
  });

  test('measures by the most people there were in it, and by those who are left when it is over', async () => {
    const half = { limits: { leave: { floor: 0, fraction: 0.5 } } };
    await settled();
    await next(half);
    leave('ada', 'ben');
    expect(await next(half)).toBe('applied');
    leave('cleo', 'dora');
    expect(await next(half)).toBe('applied');
    leave('eve');
    expect(await next(half)).toBe('held LimitReached');
    rig.later(2 * dayMs);
    leave('finn', 'gina');
    expect(await next(half)).toBe('held LimitReached');
  });

  test('lets a fraction of people be nobody: it rounds down', async () => {
    const quarter = { limits: { leave: { floor: 0, fraction: 0.12 } } };
    await settled();
    leave('ada');
    expect(await next(quarter)).toBe('held LimitReached');
    expect(await next({ limits: { leave: { floor: 0, fraction: 0.125 } } })).toBe('applied');
  });
});

/** Each sync has its own people, and two of them leave. */
async function twoLeaveIn(
  rules: Partial<CompiledSync>,
  some: readonly string[],
  limits: { readonly target: Limits; readonly installation: Limits },
): Promise<string> {
  rig.people = some.map((id) => person(id));
  rig.hold(...some.map((id) => account(id)));
  await rig.pass(rules);
  leave(...some.slice(0, 2));
  return await next(rules, { limits });
}

describe('over several syncs', () => {
  const three = { leave: { floor: 0, fraction: 1, atMost: 3 } };
  const free = { limits: { leave: { floor: 8, fraction: 1 } } };
  const one = { ...free, name: 'one', from: 'hr-one' };
  const two = { ...free, name: 'two', from: 'hr-two' };

  test.each([
    { level: 'the target connection', to: 'lms', limits: { target: three, installation: {} } },
    { level: 'the installation', to: 'wiki', limits: { target: {}, installation: three } },
  ])('what each may do alone is held together by the limit of $level', async ({ level, to, limits }) => {
    expect(await twoLeaveIn(one, ids.slice(0, 4), limits)).toBe('applied');
    expect(await twoLeaveIn({ ...two, to }, ids.slice(4), limits)).toBe('held LimitReached');
    const [run] = await rig.store.runs({ limit: 1 });
    expect(run?.summary?.message).toContain(
      `leave: 2 planned, 2 already counted, 3 allowed in 24 h (100 % of 8), limit of the ${level.slice(4)}`,
    );
  });

  test('the limit of one target does not count what another target lost', async () => {
    const limits = { target: three, installation: {} };
    expect(await twoLeaveIn(one, ids.slice(0, 4), limits)).toBe('applied');
    expect(await twoLeaveIn({ ...two, to: 'wiki' }, ids.slice(4), limits)).toBe('applied');
  });
});

test('onBreach: hold-pass holds what is within its limits as well, for as long as the window holds', async () => {
  const rules = { limits: { leave: { floor: 0, fraction: 1, atMost: 1 } }, onBreach: 'hold-pass' } as const;
  await settled();
  leave('ada');
  expect(await next(rules)).toBe('applied');
  leave('ben');
  rig.people = [...rig.people, person('zoe')];
  expect(await next(rules)).toBe('held LimitReached');
  expect(rig.log).toEqual(['disable ada']);
  rig.later(dayMs);
  expect(await next(rules)).toBe('applied');
  expect(new Set(rig.log)).toEqual(new Set(['create zoe', 'disable ada', 'disable ben']));
});

import type { Plan } from '../../src/model/change.ts';
import type { HeldSet, Judgement } from '../../src/model/hold.ts';
import { describeChange } from '../../src/plan/describe.ts';
import { memberOf } from '../../src/plan/digest.ts';
import type { GuardInput, LimitLevel } from '../../src/plan/guard-input.ts';
import { guard } from '../../src/plan/guard.ts';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import type { Situation } from './people.ts';
import { day, noon } from './columns.ts';
import { account, hash, link, person } from './people.ts';
import { mapped, reads, sync } from './specs.ts';
import { planFor } from './summary.ts';

export const names = (count: number, prefix = 'p'): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(3, '0')}`);

export function level(population: number, more: Partial<LimitLevel> = {}): LimitLevel {
  return { name: 'sync', limits: {}, population, counted: new Map(), ...more };
}

export function judge(
  plan: Plan,
  more: Partial<GuardInput> = {},
  fields: Partial<CompiledSync> = {},
): Judgement {
  return guard({
    sync: sync(fields),
    plan,
    hash,
    now: noon,
    levels: [level(50)],
    firstPassDone: true,
    targetHasStrangers: false,
    activeAccounts: 50,
    collapsed: new Map(),
    approvals: [],
    approvedSets: new Map(),
    ...more,
  });
}

export const text = ({ released, held }: Judgement) => ({
  released: released.map(describeChange),
  held: held.items.map((item) => `${memberOf(item)}: ${item.reason}: ${item.message}`),
});

/** People who are linked and differ in these fields. */
export function movers(
  ids: readonly string[],
  fields: Parameters<typeof person>[1],
  held: Parameters<typeof account>[1] = {},
): Situation {
  return {
    people: ids.map((id) => person(id, fields)),
    accounts: ids.map((id) => account(id, held)),
    links: ids.map((id) => link(id)),
  };
}

export const leavers = (count: number): Plan => planFor(movers(names(count), { lastDay: '2026-11-20' }));
export const phone = mapped('phone', reads('phone'), { onNull: 'clear' });

/** The judgement once the held set has been approved. */
export function approved(
  plan: Plan,
  set: HeldSet,
  more: Partial<GuardInput> = {},
  fields: Partial<CompiledSync> = {},
): Judgement {
  const place = { file: 'approvals.yaml', line: 1, column: 1 };
  const approval = {
    name: 'ok',
    sync: 'staff',
    digest: set.digest,
    by: 'boss',
    expires: new Date(noon + day).toISOString(),
    reason: undefined,
    place,
  };
  return judge(
    plan,
    {
      approvals: [approval],
      approvedSets: new Map([[set.digest, { set, done: new Set<string>(), state: 'open' }]]),
      ...more,
    },
    fields,
  );
}

import type { Change } from '../model/change.ts';
import type { Breach, Judgement } from '../model/hold.ts';
import { approvedMembers } from './approvals.ts';
import type { GuardInput } from './guard-input.ts';
import { digestOf, memberOf } from './digest.ts';
import { Holds } from './holds.ts';
import { addTo } from './prepared.ts';
import { breachesOf, changeClasses, countKey, standingAbsence } from './limits.ts';

/**
 * Judges the whole plan before the first write. Pure.
 *
 * The holds, in order: creates of a first pass, `approval: always`, people who vanished, collapsed attributes, limits,
 * then what depends on anything held. An approval lifts all of them but the last; the minimum of active accounts stops
 * the pass, approved or not.
 */
export function guard(input: GuardInput): Judgement {
  const { changes } = input.plan;
  const approved = approvedMembers(input);
  const holds = new Holds(changes, approved);
  holdFirstPass(input, holds);
  holdByPolicy(input, holds);
  holdCollapsed(input, holds);
  const breaches = holdByLimits(input, holds);
  holdDependents(changes, holds);
  let released = changes.map((change) => holds.rest(change)).filter((change) => change !== undefined);
  const stopped = tooFewActive(input, released);
  if (stopped !== undefined) {
    for (const change of changes) holds.holdRegardless(change, { reason: 'Invariant', message: stopped });
    released = [];
  }
  const items = holds.items();
  const held = new Set(items.map(memberOf));
  const lifted = new Map([...approved].filter(([member]) => !isHeld(held, member)));
  return {
    released,
    held: { sync: input.sync.name, digest: digestOf(items, input.hash), items },
    approvals: [...new Set(lifted.values())].toSorted(),
    approvedMembers: lifted,
    breaches: breachesToTell(input, [...breaches.values()]),
    ...(stopped === undefined ? {} : { stopped }),
  };
}

/** What is over a limit is told in every pass in which it is, also when nothing is left to count or to hold. */
function breachesToTell({ plan, levels, sync }: GuardInput, breaches: readonly Breach[]): readonly Breach[] {
  const own = levels.find(({ name }) => name === 'sync');
  if (own === undefined || breaches.some((breach) => breach.class === 'remove')) return breaches;
  const standing = standingAbsence(own, plan.counts.vanished, sync.entity);
  return standing === undefined ? breaches : [...breaches, standing];
}

/** An attribute is held with its change. */
function isHeld(held: ReadonlySet<string>, member: string): boolean {
  const cut = member.lastIndexOf('#');
  return held.has(member) || (cut > 0 && held.has(member.slice(0, cut)));
}

function holdByPolicy({ sync, plan }: GuardInput, holds: Holds): void {
  for (const change of plan.changes) {
    if (sync.approval === 'always') {
      holds.hold(change, {
        reason: 'ApprovalRequired',
        message: 'this sync asks for approval of every change',
      });
    }
    if (change.situation === 'vanished' && change.kind === 'disable' && sync.then.vanished.then === 'hold') {
      const message = 'vanished without a termination: disabled only when somebody approves it';
      holds.hold(change, { reason: 'Policy', class: 'remove', message });
    }
  }
}

/** A store that was lost must not make doubles of people whom the target knows under another key. */
function holdFirstPass({ plan, firstPassDone, targetHasStrangers }: GuardInput, holds: Holds): void {
  if (firstPassDone || !targetHasStrangers) return;
  const message = 'first pass of this sync into a target that is not empty: creates wait for approval';
  for (const change of plan.changes) {
    if (change.kind === 'create') holds.hold(change, { reason: 'FirstPass', class: 'create', message });
  }
}

/**
 * Only what reads the attribute waits; an account is not begun, nor adopted without its identity, on bad data. A value
 * that was lost is in no create: what the specs would have given the account counts. What nobody ever had may be a field
 * that nobody fills, and keeps nobody from an account, nor from a value for which the spec names another source.
 */
function holdCollapsed(input: GuardInput, holds: Holds): void {
  const { sync, plan, collapsed, neverFilled } = input;
  if (collapsed.size === 0) return;
  const needless = madeWithout(input);
  const identity = new Set(sync.identity.map(({ name }) => name));
  const lost = [...sync.identity, ...sync.attributes]
    .flatMap(({ result }) => ('expression' in result ? result.expression.reads : []))
    .find((attribute) => collapsed.has(attribute) && neverFilled?.has(attribute) !== true);
  for (const change of plan.changes) {
    if (change.kind === 'create' && lost !== undefined) {
      holds.hold(change, { reason: 'FillRateCollapsed', message: collapsed.get(lost) ?? lost });
    }
    for (const { name, reads = [] } of change.attributes) {
      const source = reads.find(
        (attribute) => collapsed.has(attribute) && needless.get(name)?.has(attribute) !== true,
      );
      if (source === undefined) continue;
      const hold = { reason: 'FillRateCollapsed', message: collapsed.get(source) ?? source } as const;
      const whole = change.kind === 'create' || (change.kind === 'adopt' && identity.has(name));
      if (whole) holds.hold(change, hold);
      else holds.holdAttribute(change, name, hold);
    }
  }
}

/** By attribute of the target what nobody ever had and its value does without: something that is filled follows. */
function madeWithout({ sync, collapsed, neverFilled }: GuardInput): ReadonlyMap<string, ReadonlySet<string>> {
  const isFilled = (reads: readonly string[]) => !reads.some((attribute) => collapsed.has(attribute));
  return new Map(
    [...sync.identity, ...sync.attributes].flatMap(({ name, result }) => {
      const fallbacks = 'expression' in result ? result.expression.fallbacks : undefined;
      if (fallbacks === undefined) return [];
      const without = [...fallbacks].filter(
        ([attribute, places]) =>
          neverFilled?.has(attribute) === true && places.every((following) => following.some(isFilled)),
      );
      return [[name, new Set(without.map(([attribute]) => attribute))] as const];
    }),
  );
}

function holdByLimits(input: GuardInput, holds: Holds): ReadonlyMap<string, Breach> {
  const { plan, levels, sync } = input;
  const open = plan.changes.filter((change) => !holds.approves(change));
  const breaches = new Map<string, Breach>();
  // What is left of a change of which an attribute is held may count in another class: until nothing more is held.
  for (let held = -1; held !== holds.items().length;) {
    held = holds.items().length;
    const judged = open.map((change) => holds.rest(change)).filter((change) => change !== undefined);
    const found = breachesOf(levels, withoutApproved(judged, holds), plan.newlyVanished);
    for (const [key, breach] of found) if (!breaches.has(key)) breaches.set(key, breach);
    for (const change of judged) holdOver(change, breaches, holds);
  }
  const [first] = breaches.values();
  if (first !== undefined && sync.onBreach === 'hold-pass') {
    for (const change of plan.changes) {
      holds.hold(change, { reason: 'LimitReached', class: first.class, message: first.message });
    }
  }
  return breaches;
}

function holdOver(change: Change, breaches: ReadonlyMap<string, Breach>, holds: Holds): void {
  for (const counted of changeClasses(change)) {
    const breach = breaches.get(countKey(counted));
    if (breach === undefined) continue;
    const hold = { reason: 'LimitReached', class: breach.class, message: breach.message } as const;
    if (counted.attribute === undefined) holds.hold(change, hold);
    else holds.holdAttribute(change, counted.attribute, hold);
  }
}

/** Attributes that an approval released do not count, nor an update of which nothing else is left. */
function withoutApproved(changes: readonly Change[], holds: Holds): readonly Change[] {
  return changes.flatMap((change) => {
    const attributes = change.attributes.filter(({ name }) => !holds.approvesAttribute(change, name));
    if (attributes.length === change.attributes.length) return [change];
    return attributes.length === 0 && change.kind === 'update' ? [] : [{ ...change, attributes }];
  });
}

/** What needs a change of which anything is held waits with it. */
function holdDependents(changes: readonly Change[], holds: Holds): void {
  const followers = new Map<string, Change[]>();
  for (const change of changes) for (const need of change.needs) addTo(followers, need, change);
  const open = changes.filter((change) => followers.has(change.id) && holds.isTouched(change));
  for (let change = open.pop(); change !== undefined; change = open.pop()) {
    for (const follower of followers.get(change.id) ?? []) {
      if (holds.isHeld(follower)) continue;
      holds.holdRegardless(follower, {
        reason: 'DependsOnHeld',
        message: `needs ${change.id}, which is held`,
      });
      open.push(follower);
    }
  }
}

/** An account that is deleted after its time of grace has been disabled since: nobody uses it. */
function endsUse({ kind, situation }: Change): boolean {
  return kind === 'disable' || (kind === 'delete' && situation !== 'left');
}

function tooFewActive({ sync, activeAccounts }: GuardInput, released: readonly Change[]): string | undefined {
  const { minimumActive } = sync;
  const leaving = released.filter(endsUse).length;
  if (minimumActive === undefined || leaving === 0 || activeAccounts - leaving >= minimumActive)
    return undefined;
  return `${activeAccounts - leaving} active accounts would remain in the target; at least ${minimumActive} must`;
}

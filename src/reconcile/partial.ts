import type { Change, MemoryUpdate } from '../model/change.ts';
import { listOf } from '../model/entity.ts';
import type { Judgement } from '../model/hold.ts';
import type { Reading } from '../model/reading.ts';
import { unsure } from '../plan/deeds.ts';
import { awaited } from '../plan/decisions.ts';
import { memberOf } from '../plan/digest.ts';
import { isEmpty } from '../plan/prepared.ts';
import type { PassDeps } from './deps.ts';
import { judge } from './judge.ts';
import type { Look } from './look.ts';
import { recall, type PassMemory } from './memory.ts';
import { planInTurns } from './planning.ts';
import { readSome, type NotAlone } from './read-some.ts';

/** More people are read sooner as a whole than looked up one by one. */
const most = 100;

/**
 * As a look at everybody, for these people alone, or why that is not enough to decide about them. What it plans is what
 * a look at everybody would plan for them: nobody is linked to an account that was not ours, because others may match it
 * too; nothing is made of values that may have been lost for everybody; and what only the whole shows is not asked.
 */
export async function lookAtSome(
  only: ReadonlySet<string>,
  deps: PassDeps,
  signal: AbortSignal,
): Promise<Look | NotAlone> {
  const all = await recall(deps);
  const obstacle = await notYet(only, all, deps);
  if (obstacle !== undefined) return obstacle;
  const memory = { ...all, escrow: all.escrow.filter(({ personId }) => only.has(personId)) };
  const readings = await readSome(only, memory, deps, signal);
  if ('because' in readings) return readings;
  // A date brings them something although the source does not have them: that is about their absence.
  if (deps.trigger === 'due' && readings.people.size < only.size) {
    return { because: 'somebody is not found, and absence is seen by a look at everybody' };
  }
  deps.progress?.({ step: 'plan' });
  const plan = await planInTurns({ ...readings, memory, only }, deps, signal);
  if (plan.changes.some(({ links }) => links) || plan.verdicts.some(awaitsEverybody)) {
    return { because: 'others may match the same account' };
  }
  if (plan.links !== undefined || plan.verdicts.some(({ reason }) => reason.endsWith(awaited)))
    return decidedElsewhere;
  if (plan.memory.some(({ kind }) => kind === 'handed-over')) {
    return { because: 'another sync goes on with the account' };
  }
  const lost = await mayBeLost(plan.changes, readings.people, deps);
  if (lost !== undefined) return { because: `"${lost}" may have been lost for everybody` };
  const judgement = await judge(plan, memory, new Map(), deps);
  if (deps.sync.minimumActive !== undefined && judgement.released.some(removes)) {
    return { because: 'how many accounts remain is known only from all of them' };
  }
  const held = await asHeldBefore(judgement, deps);
  if (held === undefined) return { because: 'something is held that was not held before' };
  return { readings, memory, plan, judgement: held, collapsed: new Map(), neverFilled: new Set(), only };
}

/** What one partial pass may remember without a write: of accounts, never of who was absent. */
export function isOfAccounts({ kind }: MemoryUpdate): boolean {
  return kind === 'applied' || kind === 'converged';
}

const decidedElsewhere: NotAlone = { because: 'a Links document decides who somebody is' };

async function notYet(
  only: ReadonlySet<string>,
  { moved, links }: PassMemory,
  { store, sync, decisions }: PassDeps,
): Promise<NotAlone | undefined> {
  if (sync.entity !== 'person') return { because: `a pass over ${sync.entity} records is always whole` };
  // What the other flow has written is told from edits by what was held at the last look at everybody.
  if (sync.pair !== undefined) return { because: 'a flow of a pair looks at everybody' };
  const isDecided = (id: string) => {
    const account = decisions?.same.get(id)?.account;
    return account !== undefined && links.get(id)?.accountId !== account;
  };
  // Whose account is another one by now is not seen here: who has left would keep both.
  if ([...only].some(isDecided)) return decidedElsewhere;
  if (only.size > most) return { because: `${only.size} people are read sooner as a whole` };
  const { firstPassDone } = await store.syncState(sync.name);
  if (!firstPassDone || moved) return { because: 'the first full pass has not ended well yet' };
  return shareAccounts(only, links) ? { because: 'somebody else has had the same account' } : undefined;
}

/** Who had an account before somebody else got it may still stand for it. */
function shareAccounts(only: ReadonlySet<string>, links: PassMemory['links']): boolean {
  const theirs = new Set([...only].map((id) => links.get(id)?.accountId));
  theirs.delete(undefined);
  let seen = 0;
  for (const { accountId } of links.values()) if (theirs.has(accountId)) seen += 1;
  return seen > [...only].filter((id) => links.has(id)).length || theirs.size < seen;
}

function awaitsEverybody({ reason }: { readonly reason: string }): boolean {
  return reason.endsWith(unsure.reason);
}

function removes({ kind }: Change): boolean {
  return kind === 'disable' || kind === 'delete';
}

/**
 * A source attribute that is empty for somebody who is to be changed, although others have had it: a right that was taken
 * away looks like this, and only a reading of everybody tells it from one person's empty field.
 */
async function mayBeLost(
  changes: readonly Change[],
  people: Reading,
  { store, sync }: PassDeps,
): Promise<string | undefined> {
  if (changes.every(({ kind, attributes }) => kind !== 'create' && attributes.length === 0)) return undefined;
  const medians = await store.fillRates(listOf(sync.from, sync.entity));
  const mapped = [...sync.identity, ...sync.attributes].flatMap(({ result }) =>
    'expression' in result ? result.expression.reads : [],
  );
  for (const { kind, personId, attributes } of changes) {
    const position = people.position(personId);
    if (position < 0) continue;
    const { values } = people.row(position);
    const lacks = (name: string) => isEmpty(values[people.attributes.indexOf(name)]);
    const own = attributes.flatMap(({ reads = [] }) => reads);
    const lost =
      own.find((name) => lacks(name) && medians.get(name) !== 0) ??
      (kind === 'create' ? mapped.find((name) => lacks(name) && (medians.get(name) ?? 0) > 0) : undefined);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

/**
 * A hold is kept and approved as a whole: who is held already stays so although there is room for them alone, and what a
 * few people would add to it is for a look at everybody (`undefined`).
 */
async function asHeldBefore(judgement: Judgement, { store, sync }: PassDeps): Promise<Judgement | undefined> {
  const { items } = judgement.held;
  const stored = await store.held(sync.name);
  if (stored === undefined) return items.length === 0 ? judgement : undefined;
  const approved = judgement.approvedMembers;
  const still = new Map(
    stored.set.items
      .filter((item) => !stored.done.has(memberOf(item)) && approved?.has(memberOf(item)) !== true)
      .map((item) => [memberOf(item), item]),
  );
  if (items.some((item) => !still.has(memberOf(item)))) return undefined;
  const planned = new Set([...judgement.released, ...items.map(({ change }) => change)].map(({ id }) => id));
  const kept = [...still.values()].filter(({ change }) => planned.has(change.id));
  return {
    ...judgement,
    released: withoutHeld(judgement.released, new Set(still.keys())),
    held: { ...judgement.held, items: kept, digest: stored.set.digest },
  };
}

function withoutHeld(released: readonly Change[], held: ReadonlySet<string>): readonly Change[] {
  const out = new Set<string>();
  const left: Change[] = [];
  // In the order of apply: what a change needs comes before it.
  for (const change of released) {
    const attributes = change.attributes.filter(
      ({ name }) => !held.has(memberOf({ change, attribute: name })),
    );
    const empty = attributes.length === 0 && change.attributes.length > 0 && change.kind === 'update';
    if (held.has(memberOf({ change })) || empty || change.needs.some((need) => out.has(need))) {
      out.add(change.id);
    } else left.push(attributes.length === change.attributes.length ? change : { ...change, attributes });
  }
  return left;
}

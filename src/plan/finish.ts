import type { Census, Change, Plan, Situation, Verdict } from '../model/change.ts';
import { situations } from '../model/change.ts';
import { linkChangeKinds } from '../model/link-change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Shape } from '../model/reading.ts';
import type { Upcoming } from '../model/upcoming.ts';
import { placeOf } from './decisions.ts';
import type { StandIn } from '../model/stand-in.ts';
import type { Draft } from './draft.ts';
import { changesOf, differing } from './draft.ts';
import { compareText, inOrder } from './order.ts';
import type { Pass } from './pass.ts';

/** Everything found, as a value in a fixed order. */
export function planOf(pass: Pass, collided: ReadonlyMap<string, Verdict>): Plan {
  const quiet = pass.quiet.filter(({ personId }) => personId === null || !collided.has(personId));
  const drafted = [...pass.drafts.values()];
  const verdicts = [...quiet, ...collided.values(), ...drafted.filter(isWorthSaying).map(verdictOf)];
  const counts = zero();
  for (const { situation } of verdicts) counts[situation] += 1;
  const people = verdicts.filter(({ personId }) => personId !== null).length;
  counts.linked += pass.total - people;
  const { input } = pass;
  const nameless = input.only === undefined ? input.people.withoutId : 0;
  if (nameless > 0) verdicts.push(namelessVerdict(nameless));
  counts.failed += nameless;
  const census = input.only === undefined ? lookAtOrphans(pass, verdicts, counts) : undefined;
  return {
    sync: input.sync.name,
    changes: inOrder(drafted.flatMap(changesOf).map((change) => inTurn(change, input.shape))),
    verdicts: verdicts.toSorted(
      (a, b) =>
        compareText(a.personId ?? '', b.personId ?? '') || compareText(a.accountId ?? '', b.accountId ?? ''),
    ),
    counts,
    drift: pass.drift.toSorted(
      (a, b) => compareText(a.personId, b.personId) || compareText(a.attribute, b.attribute),
    ),
    memory: pass.memory.toSorted(
      (a, b) => compareText(a.personId, b.personId) || compareText(a.kind, b.kind),
    ),
    newlyVanished: pass.newlyVanished.toSorted(compareText),
    upcoming: announced(pass, collided),
    ...linkChanges(pass, drafted),
    ...formerValues(pass, drafted),
    ...(census === undefined ? {} : { census }),
    ...(input.sync.rivals === undefined ? {} : { standIns: onlyOnes(pass.standIns) }),
  };
}

function inTurn(change: Change, { disablesLast }: Shape): Change {
  return disablesLast === true && change.kind === 'disable' ? { ...change, last: true } : change;
}

/** Without the people of whom it was found out later that nothing can be planned. */
function announced(pass: Pass, collided: ReadonlyMap<string, Verdict>): readonly Upcoming[] {
  const stands = (personId: string): boolean =>
    !collided.has(personId) &&
    (!pass.resting.has(personId) || (pass.drafts.get(personId)?.kind ?? null) !== null);
  return pass.upcoming
    .filter(({ personId }) => stands(personId))
    .toSorted((a, b) => a.at - b.at || compareText(a.personId, b.personId));
}

function formerValues({ passedOn }: Pass, drafted: readonly Draft[]): Pick<Plan, 'former'> {
  const former = passedOn.given(drafted);
  return former.length === 0 ? {} : { former };
}

/** What Links documents change, with the adoptions that this plan makes of them. */
function linkChanges({ decided }: Pass, drafted: readonly Draft[]): Pick<Plan, 'links'> {
  const links = [...decided.changes, ...decided.adoptions(drafted)];
  if (links.length === 0) return {};
  return {
    links: links.toSorted(
      (a, b) =>
        compareText(a.personId, b.personId) ||
        linkChangeKinds.indexOf(a.kind) - linkChangeKinds.indexOf(b.kind),
    ),
  };
}

/** Who only waited for a reference that turned out to be right already is linked and unchanged. */
function isWorthSaying({ kind, references, situation, attention, reason }: Draft): boolean {
  return kind !== null || references.length > 0 || situation !== 'linked' || attention || reason !== '';
}

function verdictOf({ personId, accountId, situation, reason, attention, references }: Draft): Verdict {
  const said = reason === '' ? differing(references) : reason;
  return { personId, accountId, situation, reason: said, attention };
}

/** Records that cannot be told apart are reported together. */
function namelessVerdict(records: number): Verdict {
  const reason =
    records === 1 ? '1 record of the source has no id' : `${records} records of the source have no id`;
  return { personId: null, accountId: null, situation: 'failed', reason, attention: true };
}

/** Accounts that nobody of the source stands for. */
function lookAtOrphans(pass: Pass, verdicts: Verdict[], counts: Record<Situation, number>): Census {
  const { accounts, input } = pass;
  let strangers = pass.matched.size;
  for (let position = 0; position < accounts.reading.size; position += 1) {
    if (accounts.seen(position)) continue;
    const row = accounts.look(position);
    const owned = input.memory.owners.has(row.id) || accounts.formerOwner(row.id) !== undefined;
    if (row.outside === true || owned) continue;
    const situation = accounts.isProtected(row) ? 'protected' : 'orphan';
    if (situation === 'orphan') strangers += 1;
    const twin = situation === 'orphan' ? pass.twins.of(row.id) : undefined;
    const givenUp = pass.decided.givenUp(row.id);
    const why = givenUp === undefined ? reasons[situation] : `${placeOf(givenUp)} gives the account up`;
    const reason = twin === undefined ? why : twinReason(twin);
    verdicts.push({ personId: null, accountId: row.id, situation, reason, attention: twin !== undefined });
    counts[situation] += 1;
  }
  return { active: accounts.active, strangers };
}

const reasons = {
  orphan: 'nobody of the source has this account',
  protected: 'the account is protected',
} as const;

function twinReason({ personId, accountId }: LinkRecord): string {
  return `nobody's, and it carries the identity of person ${personId}, whose account is ${accountId}: a create that arrived late, or a copy; deactivate or delete it in the target`;
}

function zero(): Record<Situation, number> {
  return Object.fromEntries(situations.map((situation) => [situation, 0])) as Record<Situation, number>;
}

/** Two people who stand for one account prove nothing for either. */
function onlyOnes(standIns: readonly StandIn[]): readonly StandIn[] {
  const groups = Map.groupBy(standIns, ({ accountId }) => accountId);
  return [...groups.values()]
    .flatMap((group) => (group.length === 1 ? group : []))
    .toSorted((a, b) => compareText(a.accountId, b.accountId));
}

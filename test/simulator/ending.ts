import { dayIn } from './calendar.ts';
import type { Violation } from './claims.ts';
import { whatIsWrong } from './expected.ts';
import type { Ending, Ledger } from './ledger.ts';
import type { Rules } from './rules.ts';
import type { HrRecord } from './source.ts';
import type { World } from './world.ts';

/** C4: the target as it stands against what the second model expects of every sync. */
export async function compareEnd(
  world: World,
  ledger: Ledger,
  deletedByHand: ReadonlySet<string>,
  vanishedAreOver: boolean,
  only?: ReadonlySet<string>,
): Promise<Violation | undefined> {
  const wrong: string[] = [];
  const owners = await world.store.owners('lms');
  for (const [sync, rules] of world.company) {
    const ours = [...ledger.people()].filter((one) => one.sync === sync);
    const links = await world.store.links(sync);
    const found = whatIsWrong({
      people: peopleOf(world, rules),
      everybody: [...world.sources.values()].flatMap(({ people }) => [...people.values()]),
      doubles: new Set(world.sources.get(rules.hr)?.doubles.keys()),
      accounts: [...world.target.accounts.values()],
      rules,
      habit: world.target.habit,
      today: dayOf(world, sync, rules, only),
      takenAway: idsOf(ours.filter((one) => ledger.isTakenAway(sync, one.personId))),
      givenBack: idsOf(ours.filter((one) => isGivenBack(ledger.endingOf(sync, one.personId), rules))),
      lost: idsOf(ours.filter((one) => deletedByHand.has(one.accountId))),
      ours: idsOf(ours),
      linked: idsOf(links),
      foreign: new Set([...owners].flatMap(([id, owner]) => (owner.sync === sync ? [] : [id]))),
      only,
      vanishedAreOver,
    });
    wrong.push(...found);
  }
  return wrong.length === 0 ? undefined : { claim: 'C4', text: wrong.join('; ') };
}

function isGivenBack(ending: Ending | undefined, { returned }: Rules): boolean {
  if (ending === undefined) return false;
  return returned === 'reuse' || ending.why === 'away' || (returned === 'new' && ending.why === 'other');
}

function peopleOf({ sources }: World, { hr, site }: Rules): readonly HrRecord[] {
  const people = [...(sources.get(hr)?.people.values() ?? [])];
  return site === undefined ? people : people.filter((person) => person['site'] === site);
}

function idsOf(people: readonly { readonly personId: string }[]): ReadonlySet<string> {
  return new Set(people.map(({ personId }) => personId));
}

/** Midnight may have come since the last pass; where each date that comes has a pass of its own, it may not. */
function dayOf(
  { passes, time }: World,
  sync: string,
  { zone }: Rules,
  only: ReadonlySet<string> | undefined,
): string {
  const last = only === undefined ? passes.findLast((pass) => pass.sync === sync) : undefined;
  return dayIn(zone, last?.startedAt ?? time.now());
}

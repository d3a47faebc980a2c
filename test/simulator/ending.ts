import type { Violation } from './claims.ts';
import { whatIsWrong } from './expected.ts';
import type { Ledger } from './ledger.ts';
import type { World } from './world.ts';

/** C4: the target as it stands against what the second model expects. */
export function compareEnd(
  world: World,
  ledger: Ledger,
  deletedByHand: ReadonlySet<string>,
  vanishedAreOver: boolean,
): Violation | undefined {
  const sources = [...world.sources.values()];
  const ours = [...ledger.people()];
  const wrong = whatIsWrong({
    people: sources.flatMap(({ people }) => [...people.values()]),
    doubles: new Set(sources.flatMap(({ doubles }) => [...doubles.keys()])),
    accounts: [...world.target.accounts.values()],
    rules: world.rules,
    today: dayOfLastPasses(world),
    takenAway: idsOf(ours.filter((one) => ledger.isTakenAway(one.sync, one.personId))),
    lost: idsOf(ours.filter((one) => deletedByHand.has(one.accountId))),
    ours: idsOf(ours),
    vanishedAreOver,
  });
  return wrong.length === 0 ? undefined : { claim: 'C4', text: wrong.join('; ') };
}

function idsOf(people: readonly { readonly personId: string }[]): ReadonlySet<string> {
  return new Set(people.map(({ personId }) => personId));
}

/** Midnight may have come since. */
function dayOfLastPasses({ passes, sources }: World): string {
  const last = passes.slice(-sources.size).map(({ startedAt }) => startedAt);
  return new Date(Math.min(...last)).toISOString().slice(0, 10);
}

import type { Look } from '../../src/reconcile/look.ts';
import type { Store } from '../../src/store/store.ts';
import { Chance } from '../simulator/chance.ts';
import { wrongAccounts } from './check.ts';
import { changesOf, crowdOf, type Changes } from './crowd.ts';
import { Installation } from './installation.ts';
import { isWrite, killAt, loseAnswers, momentOf } from './killing.ts';
import { startScimTarget } from './scim-target.ts';
import { startTalentLmsTarget } from './talentlms-target.ts';
import type { Account, Target } from './target.ts';

/** After so many starts at the most it has to be over: lost answers end a pass early. */
const mostStarts = 6;

/** A first load of TalentLMS that stays below the requests it allows in five seconds waits for nothing. */
const into = {
  scim: { start: startScimTarget, people: 200, takeovers: 0.1 },
  talentlms: { start: startTalentLmsTarget, people: 90, takeovers: 0 },
} as const;

/** One process that was killed, and what was wrong when its work had been ended by others. */
export interface Killed {
  readonly point: number;
  readonly target: Target['connector'];
  /** Killed, that is, before it had ended by itself. */
  readonly died: boolean;
  /** Between the first and the last write: some had arrived, and some were still to be sent. */
  readonly between: boolean;
  readonly starts: number;
  readonly wrong: readonly string[];
}

/**
 * Kills `rosterd apply` into this target at these points of the seed, one after the other. The same seed and point draw
 * the same changes and the same moment; what the machine makes of it differs.
 */
export async function* killAtRandom(
  connector: Target['connector'],
  seed: number,
  points: readonly number[],
): AsyncGenerator<Killed> {
  const { start, people, takeovers } = into[connector];
  const installation = await Installation.open(start);
  try {
    const crowd = crowdOf(people, new Chance(seed));
    installation.hr(crowd);
    // The second pass remembers what a vendor shows of one person at a time.
    for (const load of ['first', 'second']) {
      const { code, said } = await installation.apply();
      if (code !== 0) throw new Error(`the ${load} load ended with ${String(code)}: ${said}`);
    }
    installation.keep();
    for (const point of points) {
      const chance = new Chance(seed).fork(`point ${point}`);
      installation.restore();
      const changes = changesOf(crowd, chance, chance.happens(takeovers));
      yield { point, target: connector, ...(await killOnce(installation, changes, chance)) };
    }
  } finally {
    await installation.close();
  }
}

async function killOnce(
  installation: Installation,
  changes: Changes,
  chance: Chance,
): Promise<Omit<Killed, 'point' | 'target'>> {
  const { target } = installation;
  const { loopback } = target;
  installation.hr(changes.people);
  const killing = killAt(target, momentOf(chance, changes.writes));
  const { code } = await installation.apply((child) => killing.aim(child));
  loopback.heal();
  loseAnswers(target, chance, changes.writes);
  const before = loopback.writes().length;
  let starts = 0;
  let ended: number | null = null;
  let said = '';
  while (ended !== 0 && starts < mostStarts) {
    installation.waitForTheLease();
    ({ code: ended, said } = await installation.apply());
    starts += 1;
  }
  loopback.heal();
  const wrong = ended === 0 ? [] : [`after ${starts} starts it still ends with ${String(ended)}: ${said}`];
  const seen = await installation.inspect((look, store) => remembered(look, store, target.accounts()));
  const expected = new Map(changes.people.map((one) => [one.id, one]));
  return {
    died: code === null,
    between: code === null && killing.arrived > 0 && loopback.writes().length > before,
    starts,
    wrong: [...wrong, ...wrongAccounts(target.accounts(), expected), ...creates(target, changes), ...seen],
  };
}

/** Exactly one create was carried out for each joiner, whoever got the answer. */
function creates(target: Target, { joiners }: Changes): string[] {
  const made = target.loopback.log.filter(
    (one) => isWrite(one) && target.isCreate(one) && one.status !== 'reset',
  );
  return made.length === joiners ? [] : [`${made.length} creates for ${joiners} people`];
}

async function remembered(
  { plan }: Look,
  store: Store,
  accounts: readonly Account[],
): Promise<readonly string[]> {
  const links = new Map((await store.links('staff')).map((link) => [link.personId, link.accountId]));
  const wrong = accounts
    .filter(({ person, accountId }) => links.get(person) !== accountId)
    .map(({ person }) => `the link of ${person} is not to their account`);
  const open = await store.openIntents('target');
  if (open.length > 0) wrong.push(`${open.length} writes are still looked for`);
  if (plan.changes.length > 0) wrong.push(`${plan.changes.length} changes are still planned`);
  return wrong;
}

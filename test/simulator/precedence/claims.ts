import type { Violation } from '../claims.ts';
import type { Account, LogEntry } from '../trace.ts';
import type { World } from '../world.ts';
import { emailOf, idOf, many, numberOf, standing, standingOf, syncs, type Sync } from './people.ts';

const staleMs = 7 * 86_400_000;

/**
 * What must never be sent. C3: access is taken away by the sync that has the account alone, once its own list says that
 * the person is gone, and not where the other list was seen to have them here. C2: nobody gets another account.
 */
export function wrongOrder(world: World, entry: LogEntry): Violation | undefined {
  const { pass, kind, personId, before } = entry;
  const number = numberOf(personId);
  if (kind === 'create' && entry.outcome === 'refused') {
    return { claim: 'C2', text: `${personId} has an account, and another was asked for` };
  }
  if (kind !== 'create' && before !== undefined && before.values['email'] !== emailOf(number)) {
    return { claim: 'C3', text: `${kind} of ${before.id} for ${personId}, whose it is not` };
  }
  if (kind !== 'disable' && kind !== 'delete') return undefined;
  if (standing(pass.listed?.get(personId)) === 'here') {
    return { claim: 'C3', text: `${kind} of ${personId}, who is here` };
  }
  const other: Sync = pass.sync === 'staff' ? 'crew' : 'staff';
  const last = world.passes.findLast(
    (one) => one.sync === other && one.endedWell && one.whole && one.number < pass.number,
  );
  // A later pass that broke off may have seen that they are gone, and given the account away for it.
  const seen = world.passes.findLast(
    (one) => one.sync === other && one.whole && one.number < pass.number && one.listed !== undefined,
  );
  // Who has not looked since the account was made cannot wait for it.
  const made = world.target.log.find(
    ({ accountId, kind: of }) => accountId === entry.accountId && of === 'create',
  );
  const needed =
    last !== undefined &&
    last.number > (made?.pass.number ?? 0) &&
    standing(seen?.listed?.get(idOf(other, number))) === 'here' &&
    pass.startedAt - last.startedAt < staleMs &&
    standing(last.listed?.get(idOf(other, number))) === 'here';
  return needed ? { claim: 'C3', text: `${kind} of ${personId}, who is here in ${other}` } : undefined;
}

/** C7: an account has one owner at every moment. */
export async function twoOwners(world: World): Promise<Violation | undefined> {
  const owner = new Map<string, string>();
  for (const sync of syncs) {
    for (const { state, accountId, personId } of await world.store.links(sync)) {
      if (state !== 'active') continue;
      const other = owner.get(accountId);
      if (other !== undefined)
        return { claim: 'C7', text: `${accountId} belongs to ${other} and ${personId}` };
      owner.set(accountId, personId);
    }
  }
  return undefined;
}

/** What the other list's leaver had last is used again by nobody of this list until a person decides: the pass says so. */
function givenUpByOthers({ target }: World, { id, active }: Account, decides: Sync): boolean {
  const last = target.log.findLast((one) => one.accountId === id && one.outcome === 'applied');
  return !active && last?.kind === 'disable' && last.pass.sync !== decides;
}

/** C4: in the end whoever is here in a list has one account that can be used, as the first such list says, and nobody else has. */
export function wrongInTheEnd(world: World): Violation | undefined {
  for (let number = 1; number <= many; number += 1) {
    const decides = syncs.find((sync) => standingOf(world, sync, number) === 'here');
    const own = [...world.target.accounts.values()].filter(
      ({ values }) => values['email'] === emailOf(number),
    );
    const [account] = own;
    const wrong = (what: string) => ({ claim: 'C4', text: `person ${number} ${what}` }) as const;
    if (own.length > 1) return wrong('has two accounts');
    if (decides === undefined) {
      if (account?.active === true) return wrong('is in no list and has an active account');
      continue;
    }
    if (account !== undefined && givenUpByOthers(world, account, decides)) continue;
    if (account?.active !== true) return wrong(`is here in ${decides} and has no account to use`);
    if (account.values['hris_id'] !== idOf(decides, number)) return wrong(`is not shown as of ${decides}`);
    const department = decides === 'staff' ? 'Sales' : 'Lab';
    if (account.values['department'] !== department) return wrong(`has not the values of ${decides}`);
  }
  return undefined;
}

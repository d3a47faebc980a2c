import { sql } from 'kysely';
import { Stalled } from '../../model/error.ts';
import type { LinkRecord, Owner } from '../../model/link.ts';
import type { Transact } from '../tables.ts';
import { inBatches } from './batches.ts';

/** Written out, not bound: the partial index by account is certain to be used only for the literal. */
const active = sql.lit('active');

/** What writing some links would come to: an account has at most one active link. */
export interface Claims {
  /** Links, by person, that cannot be written because another has their account; and who that is. */
  readonly refused: ReadonlyMap<string, Owner>;
  /** Who gives up an account to another of these links, and why. */
  readonly givingUp: readonly (Owner & { readonly ended: 'handedOver' | null })[];
}

/**
 * Judges links that are to be written together, one for each person. Accounts that these links give up are free for
 * others among them, so two people may change places. Of two that claim the same account the one who has it keeps it,
 * else the first one gets it.
 */
export async function claimsOf(transact: Transact, links: readonly LinkRecord[]): Promise<Claims> {
  const claims = links.filter((link) => link.state === 'active');
  const owners = await ownersOf(transact, claims);
  const refused = refusedOf(links, claims, owners);
  const givingUp = claims.flatMap((claim) => {
    const owner = owners.get(accountKey(claim));
    const others = owner !== undefined && personKey(owner) !== personKey(claim);
    if (!others || refused.has(personKey(claim))) return [];
    return [{ ...owner, ended: gives(owner, claim) ? ('handedOver' as const) : null }];
  });
  return { refused, givingUp };
}

export function personKey({ sync, personId }: Owner): string {
  return `${sync}\n${personId}`;
}

export function accountTaken(links: readonly LinkRecord[], { refused }: Claims): Stalled {
  const claim = links.find((link) => refused.has(personKey(link)));
  const other = claim === undefined ? undefined : refused.get(personKey(claim));
  const [sync, whose] = [claim?.sync ?? '', other?.sync ?? ''];
  const both = sync === whose ? `two people of sync "${sync}"` : `people of syncs "${whose}" and "${sync}"`;
  return new Stalled(
    'AccountTaken',
    `an account of connection "${claim?.target ?? ''}" would belong to ${both}; correct what the two share in the source`,
  );
}

/** A refused link gives up nothing, so that another may be refused for it: repeated until nobody is added. */
function refusedOf(
  links: readonly LinkRecord[],
  claims: readonly LinkRecord[],
  owners: ReadonlyMap<string, Owner>,
): ReadonlyMap<string, Owner> {
  const refused = new Map<string, Owner>();
  const has = (claim: LinkRecord) => isOwner(claim, owners.get(accountKey(claim)));
  const inTurn = claims.toSorted((a, b) => Number(has(b)) - Number(has(a)));
  for (;;) {
    const before = refused.size;
    const written = new Set(links.map(personKey).filter((key) => !refused.has(key)));
    const holders = new Map([...owners].filter(([, owner]) => !written.has(personKey(owner))));
    for (const claim of inTurn) {
      if (refused.has(personKey(claim))) continue;
      const holder = holders.get(accountKey(claim));
      if (holder === undefined || isOwner(claim, holder) || gives(holder, claim))
        holders.set(accountKey(claim), claim);
      else refused.set(personKey(claim), { sync: holder.sync, personId: holder.personId });
    }
    if (refused.size === before) return refused;
  }
}

/** The sync with precedence takes the account, or is given it: in the same step it ends for the other. */
function gives(holder: Owner, { sync, takenFrom }: LinkRecord): boolean {
  return takenFrom !== undefined && holder.sync === takenFrom && takenFrom !== sync;
}

function isOwner(claim: LinkRecord, owner: Owner | undefined): boolean {
  return owner !== undefined && personKey(owner) === personKey(claim);
}

async function ownersOf(
  transact: Transact,
  claims: readonly LinkRecord[],
): Promise<ReadonlyMap<string, Owner>> {
  const owners = new Map<string, Owner>();
  for (const [target, links] of Map.groupBy(claims, (claim) => claim.target)) {
    await inBatches(links, async (batch) => {
      const rows = await transact
        .selectFrom('links')
        .select(['sync', 'person_id', 'account_id'])
        .where('target', '=', target)
        .where('state', '=', active)
        .where('account_id', 'in', [...new Set(batch.map(({ accountId }) => accountId))])
        .execute();
      for (const { sync, person_id: personId, account_id: accountId } of rows) {
        owners.set(accountKey({ target, accountId }), { sync, personId });
      }
    });
  }
  return owners;
}

function accountKey({ target, accountId }: Pick<LinkRecord, 'target' | 'accountId'>): string {
  return `${target}\n${accountId}`;
}

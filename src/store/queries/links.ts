import { sql } from 'kysely';
import { Stalled } from '../../model/error.ts';
import type { LinkRecord, Owner } from '../../model/link.ts';
import type { Store } from '../store.ts';
import type { Ground, LinkRow, Transact } from '../tables.ts';
import { inBatches, inPages, lastByKey } from './batches.ts';
import { fence } from './leases.ts';

/** Written out, not bound: the partial index by account is certain to be used only for the literal. */
const active = sql.lit('active');

/** Links: one packed row for each person and sync; an account has at most one active link. */
export function linkQueries({ db }: Ground): Pick<Store, 'links' | 'owners' | 'saveLinks'> {
  return {
    async links(sync) {
      const links: LinkRecord[] = [];
      await inPages<LinkRow>(
        (after, limit) =>
          db
            .selectFrom('links')
            .selectAll()
            .where('sync', '=', sync)
            .$if(after !== undefined, (query) => query.where('person_id', '>', after?.person_id ?? ''))
            .orderBy('person_id')
            .limit(limit)
            .execute(),
        (row) => links.push(linkOf(row)),
      );
      return links;
    },
    async owners(target) {
      const owners = new Map<string, Owner>();
      await inPages<Pick<LinkRow, 'account_id' | 'sync' | 'person_id'>>(
        (after, limit) =>
          db
            .selectFrom('links')
            .select(['account_id', 'sync', 'person_id'])
            .where('target', '=', target)
            .where('state', '=', active)
            .$if(after !== undefined, (query) => query.where('account_id', '>', after?.account_id ?? ''))
            .orderBy('account_id')
            .limit(limit)
            .execute(),
        (row) => owners.set(row.account_id, { sync: row.sync, personId: row.person_id }),
      );
      return owners;
    },
    async saveLinks(links, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await writeLinks(transact, links);
      });
    },
  };
}

/**
 * Inserts or replaces by (sync, person), in the caller's transaction. Accounts that these links give up are free for
 * others among them, so two people may change places. Rejects with `Stalled` (`AccountTaken`) naming the syncs.
 */
export async function writeLinks(transact: Transact, links: readonly LinkRecord[]): Promise<void> {
  const latest = lastByKey(links, personKey);
  const claims = latest.filter((link) => link.state === 'active');
  refuseTwins(claims);
  const written = new Set(latest.map(personKey));
  await inBatches(claims, (batch) => freeAccounts(transact, batch, written));
  await inBatches(latest, (batch) =>
    transact
      .insertInto('links')
      .values(batch.map(rowOf))
      .onConflict((conflict) =>
        conflict.columns(['sync', 'person_id']).doUpdateSet((eb) => ({
          target: eb.ref('excluded.target'),
          account_id: eb.ref('excluded.account_id'),
          state: eb.ref('excluded.state'),
          ended: eb.ref('excluded.ended'),
          absent_reads: eb.ref('excluded.absent_reads'),
          absent_since: eb.ref('excluded.absent_since'),
          missing_reads: eb.ref('excluded.missing_reads'),
          written_at: eb.ref('excluded.written_at'),
          mapping: eb.ref('excluded.mapping'),
          applied: eb.ref('excluded.applied'),
          strays: eb.ref('excluded.strays'),
        })),
      )
      .execute(),
  );
}

/** Two links of one call that claim the same account. */
function refuseTwins(links: readonly LinkRecord[]): void {
  const claims = new Map<string, LinkRecord>();
  for (const link of links) {
    const account = JSON.stringify([link.target, link.accountId]);
    const other = claims.get(account);
    if (other !== undefined) throw accountTaken(link.target, link.sync, other.sync);
    claims.set(account, link);
  }
}

/** Takes accounts from links that are rewritten in the same call; refuses those of anybody else. */
async function freeAccounts(
  transact: Transact,
  batch: readonly LinkRecord[],
  written: ReadonlySet<string>,
): Promise<void> {
  const byTarget = Map.groupBy(batch, (link) => link.target);
  for (const [target, links] of byTarget) {
    const claims = new Map(links.map((link) => [link.accountId, link]));
    const owners = await transact
      .selectFrom('links')
      .select(['sync', 'person_id', 'account_id'])
      .where('target', '=', target)
      .where('state', '=', active)
      .where('account_id', 'in', [...claims.keys()])
      .execute();
    for (const owner of owners) {
      const claim = claims.get(owner.account_id);
      const key = personKey({ sync: owner.sync, personId: owner.person_id });
      if (claim === undefined || key === personKey(claim)) continue;
      if (!written.has(key)) throw accountTaken(target, claim.sync, owner.sync);
      await transact
        .updateTable('links')
        .set({ state: 'tombstone' })
        .where('sync', '=', owner.sync)
        .where('person_id', '=', owner.person_id)
        .execute();
    }
  }
}

function accountTaken(target: string, sync: string, other: string): Stalled {
  const whose = sync === other ? `two people of sync "${sync}"` : `people of syncs "${other}" and "${sync}"`;
  return new Stalled(
    'AccountTaken',
    `an account of connection "${target}" would belong to ${whose}; say in a Links document whose it is`,
  );
}

function personKey({ sync, personId }: Owner): string {
  return `${sync}\n${personId}`;
}

function rowOf(link: LinkRecord): LinkRow {
  return {
    sync: link.sync,
    target: link.target,
    person_id: link.personId,
    account_id: link.accountId,
    state: link.state,
    ended: link.ended ?? null,
    absent_reads: link.absentReads,
    absent_since: link.absentSince,
    missing_reads: link.missingReads,
    written_at: link.writtenAt,
    mapping: link.mapping,
    applied: link.applied,
    strays: link.strays ?? null,
  };
}

function linkOf(row: LinkRow): LinkRecord {
  return {
    sync: row.sync,
    target: row.target,
    personId: row.person_id,
    accountId: row.account_id,
    state: row.state as LinkRecord['state'],
    ...(row.ended === null ? {} : { ended: row.ended as NonNullable<LinkRecord['ended']> }),
    absentReads: row.absent_reads,
    absentSince: row.absent_since,
    missingReads: row.missing_reads,
    writtenAt: row.written_at,
    mapping: row.mapping,
    applied: row.applied,
    ...(row.strays === null ? {} : { strays: row.strays }),
  };
}

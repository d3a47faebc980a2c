import { sql } from 'kysely';
import type { LinkRecord, Owner } from '../../model/link.ts';
import type { Lease, Store } from '../store.ts';
import type { Ground, LinkRow, Transact } from '../tables.ts';
import { inBatches, inPages, lastByKey } from './batches.ts';
import { fence } from './leases.ts';
import { accountTaken, claimsOf, personKey, type Claims } from './link-claims.ts';

/** Written out, not bound: the partial index by account is certain to be used only for the literal. */
const active = sql.lit('active');

/** Links: one packed row for each person and sync; an account has at most one active link. */
export function linkQueries({ db }: Ground): Pick<Store, 'links' | 'owners' | 'saveLinks' | 'changeLinks'> {
  const change = async (forget: readonly Owner[], save: readonly LinkRecord[], lease: Lease) =>
    await db.transaction().execute(async (transact) => {
      await fence(transact, lease);
      await forgetLinks(transact, forget);
      const claims = await writeLinks(transact, save);
      if (claims.refused.size > 0) throw accountTaken(save, claims);
    });
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
      await change([], links, lease);
    },
    changeLinks: change,
  };
}

async function forgetLinks(transact: Transact, people: readonly Owner[]): Promise<void> {
  for (const [sync, owners] of Map.groupBy(people, (owner) => owner.sync)) {
    await inBatches(owners, (batch) =>
      transact
        .deleteFrom('links')
        .where('sync', '=', sync)
        .where(
          'person_id',
          'in',
          batch.map(({ personId }) => personId),
        )
        .execute(),
    );
  }
}

/**
 * Inserts or replaces by (sync, person), in the caller's transaction. What cannot be written because another has the
 * account is left out, and answered: `claimsOf` says which.
 */
export async function writeLinks(transact: Transact, links: readonly LinkRecord[]): Promise<Claims> {
  const all = lastByKey(links, personKey);
  const claims = await claimsOf(transact, all);
  const latest = all.filter((link) => !claims.refused.has(personKey(link)));
  for (const { sync, personId, ended } of claims.givingUp) {
    await transact
      .updateTable('links')
      .set({ state: 'tombstone', ended })
      .where('sync', '=', sync)
      .where('person_id', '=', personId)
      .execute();
  }
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
          ended_at: eb.ref('excluded.ended_at'),
          absent_reads: eb.ref('excluded.absent_reads'),
          absent_since: eb.ref('excluded.absent_since'),
          missing_reads: eb.ref('excluded.missing_reads'),
          written_at: eb.ref('excluded.written_at'),
          mapping: eb.ref('excluded.mapping'),
          applied: eb.ref('excluded.applied'),
          strays: eb.ref('excluded.strays'),
          linked_at: eb.ref('excluded.linked_at'),
          taken_from: eb.ref('excluded.taken_from'),
        })),
      )
      .execute(),
  );
  return claims;
}

function rowOf(link: LinkRecord): LinkRow {
  return {
    sync: link.sync,
    target: link.target,
    person_id: link.personId,
    account_id: link.accountId,
    state: link.state,
    ended: link.ended ?? null,
    ended_at: link.endedAt,
    absent_reads: link.absentReads,
    absent_since: link.absentSince,
    missing_reads: link.missingReads,
    written_at: link.writtenAt,
    mapping: link.mapping,
    applied: link.applied,
    strays: link.strays ?? null,
    linked_at: link.linkedAt ?? null,
    taken_from: link.takenFrom ?? null,
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
    endedAt: row.ended_at,
    absentReads: row.absent_reads,
    absentSince: row.absent_since,
    missingReads: row.missing_reads,
    writtenAt: row.written_at,
    mapping: row.mapping,
    applied: row.applied,
    ...(row.strays === null ? {} : { strays: row.strays }),
    ...(row.linked_at === null ? {} : { linkedAt: row.linked_at }),
    ...(row.taken_from === null ? {} : { takenFrom: row.taken_from }),
  };
}

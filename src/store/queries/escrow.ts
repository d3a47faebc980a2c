import type { Escrow, Settlement, Store } from '../store.ts';
import type { Ground, Transact } from '../tables.ts';
import { inBatches, lastByKey } from './batches.ts';
import { fence } from './leases.ts';

/** Changes that the target refused, each left alone until its moment. Entries are made when an intent is settled. */
export function escrowQueries({ db }: Ground): Pick<Store, 'escrow' | 'clearEscrow'> {
  return {
    async escrow(sync) {
      const rows = await db
        .selectFrom('escrow')
        .selectAll()
        .where('sync', '=', sync)
        .orderBy('person_id')
        .orderBy('change_id')
        .execute();
      return rows.map((row) => ({
        change: row.change_id,
        personId: row.person_id,
        reason: row.reason,
        attempts: row.attempts,
        fingerprint: row.fingerprint,
        notBefore: row.not_before,
      }));
    },
    async clearEscrow(sync, changes, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await inBatches(changes, (batch) =>
          transact.deleteFrom('escrow').where('sync', '=', sync).where('change_id', 'in', batch).execute(),
        );
      });
    },
  };
}

/** Entries of settled intents, in the caller's transaction: an outcome and what follows from it stand or fall together. */
export async function writeEscrow(transact: Transact, settlements: readonly Settlement[]): Promise<void> {
  const rows = settlements.flatMap(({ sync, escrow }) => (escrow === undefined ? [] : [rowOf(sync, escrow)]));
  const latest = lastByKey(rows, (row) => `${row.sync}\n${row.change_id}`);
  await inBatches(latest, (batch) =>
    transact
      .insertInto('escrow')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['sync', 'change_id']).doUpdateSet((eb) => ({
          person_id: eb.ref('excluded.person_id'),
          reason: eb.ref('excluded.reason'),
          attempts: eb.ref('excluded.attempts'),
          fingerprint: eb.ref('excluded.fingerprint'),
          not_before: eb.ref('excluded.not_before'),
        })),
      )
      .execute(),
  );
}

function rowOf(sync: string, entry: Escrow) {
  return {
    sync,
    change_id: entry.change,
    person_id: entry.personId,
    reason: entry.reason,
    attempts: entry.attempts,
    fingerprint: entry.fingerprint,
    not_before: entry.notBefore,
  };
}

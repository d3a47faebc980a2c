import type { Escrow, Store } from '../store.ts';
import type { Ground } from '../tables.ts';
import { inBatches, lastByKey } from './batches.ts';

/** Failed people who are left alone for a while. */
export function escrowQueries({ db }: Ground): Pick<Store, 'escrow' | 'saveEscrow' | 'clearEscrow'> {
  return {
    async escrow(sync) {
      const rows = await db
        .selectFrom('escrow')
        .selectAll()
        .where('sync', '=', sync)
        .orderBy('person_id')
        .execute();
      return new Map<string, Escrow>(
        rows.map((row) => [
          row.person_id,
          {
            reason: row.reason,
            attempts: row.attempts,
            fingerprint: row.fingerprint,
            notBefore: row.not_before,
          },
        ]),
      );
    },
    async saveEscrow(sync, entries) {
      const rows = lastByKey(entries, (entry) => entry.personId).map((entry) => ({
        sync,
        person_id: entry.personId,
        reason: entry.reason,
        attempts: entry.attempts,
        fingerprint: entry.fingerprint,
        not_before: entry.notBefore,
      }));
      await db.transaction().execute((transact) =>
        inBatches(rows, (batch) =>
          transact
            .insertInto('escrow')
            .values(batch)
            .onConflict((conflict) =>
              conflict.columns(['sync', 'person_id']).doUpdateSet((eb) => ({
                reason: eb.ref('excluded.reason'),
                attempts: eb.ref('excluded.attempts'),
                fingerprint: eb.ref('excluded.fingerprint'),
                not_before: eb.ref('excluded.not_before'),
              })),
            )
            .execute(),
        ),
      );
    },
    async clearEscrow(sync, personIds) {
      await db
        .transaction()
        .execute((transact) =>
          inBatches(personIds, (batch) =>
            transact.deleteFrom('escrow').where('sync', '=', sync).where('person_id', 'in', batch).execute(),
          ),
        );
    },
  };
}

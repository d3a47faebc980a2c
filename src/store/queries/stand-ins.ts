import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';
import { inBatches } from './batches.ts';
import { fence } from './leases.ts';

/** Who waits for which account. A sync's list is that of its latest whole reading, and nothing of an older one. */
export function standInQueries({ db }: Ground): Pick<Store, 'standIns' | 'saveStandIns'> {
  return {
    async standIns(target) {
      const rows = await db
        .selectFrom('stand_ins')
        .selectAll()
        .where('target', '=', target)
        .orderBy('sync')
        .orderBy('account_id')
        .execute();
      return rows.map((row) => ({
        sync: row.sync,
        accountId: row.account_id,
        personId: row.person_id,
        starts: row.starts,
        seenAt: row.seen_at,
      }));
    },
    async saveStandIns(sync, target, standIns, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await transact
          .deleteFrom('stand_ins')
          .where('sync', '=', sync)
          .where('target', '=', target)
          .execute();
        await inBatches(standIns, (batch) =>
          transact
            .insertInto('stand_ins')
            .values(
              batch.map(({ accountId, personId, starts, seenAt }) => ({
                sync,
                target,
                account_id: accountId,
                person_id: personId,
                starts,
                seen_at: seenAt,
              })),
            )
            .execute(),
        );
      });
    },
  };
}

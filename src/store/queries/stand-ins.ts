import type { StandIn } from '../../model/stand-in.ts';
import type { Store } from '../store.ts';
import type { Ground, Transact } from '../tables.ts';
import { inBatches } from './batches.ts';
import { fence } from './leases.ts';

/** Who waits for which account. A sync's list is that of its latest whole reading, and nothing of an older one. */
export function standInQueries({ db }: Ground): Pick<Store, 'standIns' | 'saveStandIns' | 'addStandIns'> {
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
        await insert(transact, target, standIns);
      });
    },
    async addStandIns(target, standIns, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await insert(transact, target, standIns);
      });
    },
  };
}

async function insert(transact: Transact, target: string, standIns: readonly StandIn[]): Promise<void> {
  await inBatches(standIns, (batch) =>
    transact
      .insertInto('stand_ins')
      .values(
        batch.map(({ sync, accountId, personId, starts, seenAt }) => ({
          sync,
          target,
          account_id: accountId,
          person_id: personId,
          starts,
          seen_at: seenAt,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['target', 'sync', 'account_id']).doUpdateSet((eb) => ({
          person_id: eb.ref('excluded.person_id'),
          starts: eb.ref('excluded.starts'),
          seen_at: eb.ref('excluded.seen_at'),
        })),
      )
      .execute(),
  );
}

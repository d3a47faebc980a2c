import type { AlertState, Store } from '../store.ts';
import type { Ground } from '../tables.ts';

/** What was told to people and what was not yet. */
export function alertQueries({ db }: Ground): Pick<Store, 'alerts' | 'saveAlert'> {
  return {
    async alerts() {
      const rows = await db.selectFrom('alerts').selectAll().orderBy('key').execute();
      return rows.map((row) => ({
        key: row.key,
        state: row.state as AlertState['state'],
        since: row.since,
        notifiedAt: row.notified_at,
      }));
    },
    async saveAlert({ key, state, since, notifiedAt }) {
      const columns = { state, since, notified_at: notifiedAt };
      await db
        .insertInto('alerts')
        .values({ key, ...columns })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(columns))
        .execute();
    },
  };
}

import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';
import { fence } from './leases.ts';

/** Which remote account each connection has led to. It is forgotten by nothing but another one that the specs name. */
export function remoteAccountQueries({ db }: Ground): Pick<Store, 'remoteAccount' | 'saveRemoteAccount'> {
  return {
    async remoteAccount(connection) {
      const row = await db
        .selectFrom('remote_accounts')
        .select('account')
        .where('connection', '=', connection)
        .executeTakeFirst();
      return row?.account;
    },
    async saveRemoteAccount(connection, account, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await transact
          .insertInto('remote_accounts')
          .values({ connection, account })
          .onConflict((conflict) => conflict.column('connection').doUpdateSet({ account }))
          .execute();
      });
    },
  };
}

import type { KeptToken } from '../../model/kept-tokens.ts';
import { Secret } from '../../model/secret.ts';
import type { Place } from '../seal.ts';
import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';

/** Tokens that systems gave connections to keep, sealed together with the hosts they may be sent to. */
export function keptTokenQueries({ db, sealer, clock }: Ground): Pick<Store, 'keptTokens'> {
  return {
    keptTokens: (connection) => ({
      async recall(name) {
        const row = await db
          .selectFrom('kept_tokens')
          .select('sealed')
          .where('connection', '=', connection)
          .where('name', '=', name)
          .executeTakeFirst();
        if (row === undefined) return undefined;
        const { text, hosts } = sealer.open(placeOf(connection, name), row.sealed) as KeptToken;
        return new Secret(`token:${connection}/${name}`, text, hosts);
      },
      async keep(name, { text, hosts }) {
        const sealed = sealer.seal(placeOf(connection, name), { text, hosts });
        await db
          .insertInto('kept_tokens')
          .values({ connection, name, kept_at: clock.now(), sealed })
          .onConflict((conflict) =>
            conflict.columns(['connection', 'name']).doUpdateSet((eb) => ({
              kept_at: eb.ref('excluded.kept_at'),
              sealed: eb.ref('excluded.sealed'),
            })),
          )
          .execute();
      },
      async forget() {
        const { numDeletedRows } = await db
          .deleteFrom('kept_tokens')
          .where('connection', '=', connection)
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    }),
  };
}

function placeOf(connection: string, name: string): Place {
  return ['kept_tokens', connection, name];
}

import type { Detail, Details } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import type { Place } from '../seal.ts';
import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';
import { inBatches, lastByKey } from './batches.ts';

/** Records that were read one by one, remembered under the version that the vendor's list showed. */
export function detailQueries({ db, sealer }: Ground): Pick<Store, 'details'> {
  return {
    details: (connection): Details => ({
      async recall(items) {
        const versions = new Map(items.map((item) => [item.id, item.version]));
        const remembered = new Map<string, Detail>();
        await inBatches([...versions.keys()], async (ids) => {
          const rows = await db
            .selectFrom('details')
            .select(['id', 'version', 'read_at', 'sealed'])
            .where('connection', '=', connection)
            .where('id', 'in', ids)
            .execute();
          for (const row of rows) {
            if (row.version !== versions.get(row.id)) continue;
            const data = sealer.open(placeOf(connection, row.id, row.version), row.sealed) as Json;
            remembered.set(row.id, { data, readAt: row.read_at });
          }
        });
        return remembered;
      },
      async remember(items) {
        const sorted = lastByKey(items, (item) => item.id);
        await db.transaction().execute((transact) =>
          inBatches(sorted, (batch) =>
            transact
              .insertInto('details')
              .values(
                batch.map(({ id, version, data, readAt }) => ({
                  connection,
                  id,
                  version,
                  read_at: readAt,
                  sealed: sealer.seal(placeOf(connection, id, version), data),
                })),
              )
              .onConflict((conflict) =>
                conflict.columns(['connection', 'id']).doUpdateSet((eb) => ({
                  version: eb.ref('excluded.version'),
                  read_at: eb.ref('excluded.read_at'),
                  sealed: eb.ref('excluded.sealed'),
                })),
              )
              .execute(),
          ),
        );
      },
      async forget(ids) {
        await db
          .transaction()
          .execute((transact) =>
            inBatches(ids, (batch) =>
              transact
                .deleteFrom('details')
                .where('connection', '=', connection)
                .where('id', 'in', batch)
                .execute(),
            ),
          );
      },
    }),
  };
}

function placeOf(connection: string, id: string, version: string): Place {
  return ['details', connection, id, version];
}

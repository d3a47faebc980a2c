import type { KnownFormerValue } from '../../model/former-value.ts';
import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';
import { inBatches, inPages, lastByKey } from './batches.ts';
import { fence } from './leases.ts';

/** Whose values were that people are matched by; each with the last moment at which they were known to be theirs. */
export function formerValueQueries({ db }: Ground): Pick<Store, 'formerValues' | 'saveFormerValues'> {
  return {
    async formerValues(target, since) {
      const found: KnownFormerValue[] = [];
      await inPages<Row>(
        (after, limit) =>
          db
            .selectFrom('former_values')
            .selectAll()
            .where('target', '=', target)
            .$if(after !== undefined, (query) =>
              query.where((eb) =>
                eb(
                  eb.refTuple('attribute', 'hash', 'source', 'person_id'),
                  '>',
                  eb.tuple(
                    after?.attribute ?? '',
                    after?.hash ?? '',
                    after?.source ?? '',
                    after?.person_id ?? '',
                  ),
                ),
              ),
            )
            .orderBy('attribute')
            .orderBy('hash')
            .orderBy('source')
            .orderBy('person_id')
            .limit(limit)
            .execute(),
        ({ attribute, hash, source, person_id: personId, at }) => {
          if (at > since) found.push({ attribute, hash, source, personId, at });
        },
      );
      return found;
    },
    async saveFormerValues(target, source, values, at, lease) {
      const rows = values.map(({ attribute, hash, personId }) => ({
        target,
        attribute,
        hash,
        source,
        person_id: personId,
        at,
      }));
      const latest = lastByKey(rows, (row) => `${row.attribute}\n${row.hash}\n${row.person_id}`);
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await inBatches(latest, (batch) =>
          transact
            .insertInto('former_values')
            .values(batch)
            .onConflict((conflict) =>
              conflict
                .columns(['target', 'attribute', 'hash', 'source', 'person_id'])
                .doUpdateSet((eb) => ({ at: eb.ref('excluded.at') })),
            )
            .execute(),
        );
      });
    },
  };
}

interface Row {
  readonly attribute: string;
  readonly hash: string;
  readonly source: string;
  readonly person_id: string;
  readonly at: number;
}

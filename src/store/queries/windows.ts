import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { LimitClass } from '../../model/change.ts';
import type { CountedChange } from '../../model/order.ts';
import type { Settlement, Store, WindowLevel } from '../store.ts';
import type { Ground, Transact } from '../tables.ts';
import { inBatches } from './batches.ts';
import { fence } from './leases.ts';

/** What counts in the rolling windows, and how many people there were. */
export function windowQueries({
  db,
}: Ground): Pick<Store, 'windowCounts' | 'largestPopulation' | 'recordPopulation' | 'recordCounts'> {
  return {
    async windowCounts(level, since) {
      const rows = await db
        .selectFrom('counts')
        .select((eb) => ['class', 'attribute', 'at', eb.fn.countAll<number>().as('count')])
        .where('at', '>', since)
        .where(within(level))
        .groupBy(['at', 'class', 'attribute'])
        .orderBy('at')
        .orderBy('class')
        .orderBy('attribute')
        .execute();
      return rows.map((row) => ({
        class: row.class as LimitClass,
        attribute: row.attribute === '' ? null : row.attribute,
        at: row.at,
        count: row.count,
      }));
    },
    async largestPopulation(level, since) {
      const largest = await db
        .selectFrom('populations')
        .select((eb) => eb.fn.max('size').as('size'))
        .where('at', '>=', since)
        .where(within(level))
        .groupBy(['sync', 'target'])
        .execute();
      return largest.reduce((sum, row) => sum + row.size, 0);
    },
    async recordPopulation(sync, target, size, at, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await transact
          .insertInto('populations')
          .values({ sync, target, size, at })
          .onConflict((conflict) =>
            conflict
              .columns(['sync', 'target', 'size'])
              .doUpdateSet((eb) => ({ at: eb.ref('excluded.at') }))
              .whereRef('populations.at', '<', 'excluded.at'),
          )
          .execute();
      });
    },
    async recordCounts(sync, target, counts, at, lease) {
      const rows = counts.map((count) => rowOf({ key: null, sync, target, at }, count));
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await inBatches(rows, (batch) => transact.insertInto('counts').values(batch).execute());
      });
    },
  };
}

/** Counts of settled intents. An intent counts once in each of its classes, however often it is settled. */
export async function writeCounts(transact: Transact, settlements: readonly Settlement[]): Promise<void> {
  const rows = settlements.flatMap((settlement) =>
    settlement.counts.map((count) => rowOf(settlement, count)),
  );
  await inBatches(rows, (batch) =>
    transact
      .insertInto('counts')
      .values(batch)
      .onConflict((conflict) => conflict.columns(['key', 'class', 'attribute']).doNothing())
      .execute(),
  );
}

export async function forgetCounts(transact: Transact, keys: readonly string[]): Promise<void> {
  await transact.deleteFrom('counts').where('key', 'in', keys).execute();
}

/** What counts at this level. Only lists of other entities than people have a slash in their name (`listOf`). */
function within(level: WindowLevel): RawBuilder<SqlBool> {
  if (level.kind === 'sync') return sql`sync = ${level.sync}`;
  if (level.kind === 'target') return sql`target = ${level.target}`;
  if (level.entity === undefined) return sql`1 = 1`;
  if (level.entity === 'person') return sql`target not like '%/%'`;
  return sql`target like ${`%/${level.entity}`}`;
}

interface Counted {
  readonly key: string | null;
  readonly sync: string;
  readonly target: string;
  readonly at: number;
}

function rowOf({ key, sync, target, at }: Counted, count: CountedChange) {
  return {
    key,
    sync,
    target,
    at,
    class: count.class,
    attribute: count.attribute ?? '',
    person_id: count.personId,
  };
}

import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';
import { fence } from './leases.ts';

/** Readings that the median of an attribute is taken over. */
const kept = 10;

/**
 * How full each attribute was in the last complete readings of a connection. Syncs read different attributes of it, some
 * more often than others: each attribute has its own last readings.
 */
export function fillRateQueries({ db }: Ground): Pick<Store, 'fillRates' | 'recordFillRates'> {
  return {
    async fillRates(connection) {
      const { byAttribute } = newestOf(await readings(db, connection));
      return new Map([...byAttribute].map(([attribute, rates]) => [attribute, median(rates)]));
    },
    async recordFillRates(connection, rates, at, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await transact
          .insertInto('fill_rates')
          .values({ connection, at, rates: JSON.stringify([...rates]) })
          .execute();
        const { superseded } = newestOf(await readings(transact, connection));
        if (superseded.length > 0) {
          await transact.deleteFrom('fill_rates').where('id', 'in', superseded).execute();
        }
      });
    },
  };
}

function readings(db: Ground['db'], connection: string) {
  return db
    .selectFrom('fill_rates')
    .select(['id', 'rates'])
    .where('connection', '=', connection)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** The last rates of each attribute, and the readings that add to none of them. `rows` newest first. */
function newestOf(rows: readonly { readonly id: number; readonly rates: string }[]) {
  const byAttribute = new Map<string, number[]>();
  const superseded: number[] = [];
  for (const { id, rates } of rows) {
    let adds = false;
    for (const [attribute, rate] of JSON.parse(rates) as [string, number][]) {
      const newer = byAttribute.get(attribute) ?? [];
      if (newer.length === kept) continue;
      byAttribute.set(attribute, [...newer, rate]);
      adds = true;
    }
    if (!adds) superseded.push(id);
  }
  return { byAttribute, superseded };
}

/** The middle one; the mean of the two in the middle of an even number. */
function median(rates: readonly number[]): number {
  const sorted = rates.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

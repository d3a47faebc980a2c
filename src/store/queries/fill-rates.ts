import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';

/** Readings that the median is taken over. */
const kept = 10;

/** How full each attribute was in the last complete readings of a connection. */
export function fillRateQueries({ db }: Ground): Pick<Store, 'fillRates' | 'recordFillRates'> {
  return {
    async fillRates(connection) {
      const rows = await newest(db, connection).select('rates').execute();
      const byAttribute = new Map<string, number[]>();
      for (const row of rows) {
        for (const [attribute, rate] of JSON.parse(row.rates) as [string, number][]) {
          const rates = byAttribute.get(attribute);
          if (rates === undefined) byAttribute.set(attribute, [rate]);
          else rates.push(rate);
        }
      }
      return new Map([...byAttribute].map(([attribute, rates]) => [attribute, median(rates)]));
    },
    async recordFillRates(connection, rates, at) {
      await db.transaction().execute(async (transact) => {
        await transact
          .insertInto('fill_rates')
          .values({ connection, at, rates: JSON.stringify([...rates]) })
          .execute();
        await transact
          .deleteFrom('fill_rates')
          .where('connection', '=', connection)
          .where('id', 'not in', newest(transact, connection).select('id'))
          .execute();
      });
    },
  };
}

function newest(db: Ground['db'], connection: string) {
  return db
    .selectFrom('fill_rates')
    .where('connection', '=', connection)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(kept);
}

/** The middle one; the mean of the two in the middle of an even number. */
function median(rates: readonly number[]): number {
  const sorted = rates.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

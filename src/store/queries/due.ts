import type { UpcomingKind } from '../../model/upcoming.ts';
import type { Due } from '../due.ts';
import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';
import { inBatches } from './batches.ts';
import { fence } from './leases.ts';

/** Moments at which dates bring something, so that the daemon wakes for them. */
export function dueQueries({ db }: Ground): Pick<Store, 'saveDue' | 'due' | 'nextDue'> {
  return {
    async saveDue(sync, due, lease, only) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        const rows = await transact.selectFrom('due').selectAll().where('sync', '=', sync).execute();
        const known = rows.map(dueOf).filter(({ personId }) => only?.has(personId) ?? true);
        const wanted = new Set(due.map(keyOf));
        const kept = new Set(known.map(keyOf));
        // From one pass to the next hardly anything changes.
        for (const { personId, at, kind } of known.filter((one) => !wanted.has(keyOf(one)))) {
          await transact
            .deleteFrom('due')
            .where('sync', '=', sync)
            .where('at', '=', at)
            .where('person_id', '=', personId)
            .where('kind', '=', kind)
            .execute();
        }
        const fresh = new Map(due.filter((one) => !kept.has(keyOf(one))).map((one) => [keyOf(one), one]));
        const added = [...fresh.values()].map(({ personId, at, kind }) => ({
          sync,
          person_id: personId,
          at,
          kind,
        }));
        await inBatches(added, (batch) => transact.insertInto('due').values(batch).execute());
      });
    },
    async due(sync, after, until) {
      const rows = await db
        .selectFrom('due')
        .selectAll()
        .where('sync', '=', sync)
        .where('at', '>', after)
        .where('at', '<=', until)
        .orderBy('at')
        .orderBy('person_id')
        .orderBy('kind')
        .execute();
      return rows.map(dueOf);
    },
    async nextDue(sync, after) {
      const row = await db
        .selectFrom('due')
        .select((eb) => eb.fn.min('at').as('at'))
        .where('sync', '=', sync)
        .where('at', '>', after)
        .executeTakeFirst();
      return row?.at ?? undefined;
    },
  };
}

function dueOf(row: { readonly person_id: string; readonly at: number; readonly kind: string }): Due {
  return { personId: row.person_id, at: row.at, kind: row.kind as UpcomingKind };
}

function keyOf({ personId, at, kind }: Due): string {
  return `${at} ${kind} ${personId}`;
}

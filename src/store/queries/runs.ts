import type { RunRecord, RunSummary } from '../../model/run.ts';
import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';

/** Runs: how each began and how it ended. */
export function runQueries({ db }: Ground): Pick<Store, 'beginRun' | 'endRun' | 'runs'> {
  return {
    async beginRun(run) {
      await db
        .insertInto('runs')
        .values({
          id: run.id,
          sync: run.sync,
          target: run.target,
          revision: run.revision,
          trigger: run.trigger,
          started_at: run.startedAt,
          ended_at: null,
          summary: null,
        })
        .execute();
    },
    async endRun(run, summary) {
      await db
        .updateTable('runs')
        .set({ ended_at: summary.endedAt, summary: JSON.stringify(summary) })
        .where('id', '=', run)
        .execute();
    },
    async runs({ sync, limit }) {
      const rows = await db
        .selectFrom('runs')
        .selectAll()
        .$if(sync !== undefined, (query) => query.where('sync', '=', sync ?? ''))
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        sync: row.sync,
        target: row.target,
        revision: row.revision,
        trigger: row.trigger as RunRecord['trigger'],
        startedAt: row.started_at,
        ...(row.summary === null ? {} : { summary: JSON.parse(row.summary) as RunSummary }),
      }));
    },
  };
}

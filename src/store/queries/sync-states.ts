import type { Condition } from '../../model/run.ts';
import type { Lease, Store, SyncState } from '../store.ts';
import type { Ground } from '../tables.ts';
import { fence } from './leases.ts';

/** What a sync has been through: revisions, schedule, failures, conditions. */
export function syncStateQueries({ db }: Ground): Pick<Store, 'syncState' | 'saveSyncState'> {
  return {
    async syncState(sync) {
      const row = await db.selectFrom('sync_states').selectAll().where('sync', '=', sync).executeTakeFirst();
      if (row === undefined) return untouched;
      return {
        firstPassDone: row.first_pass_done === 1,
        source: row.source,
        activatedAt: row.activated_at,
        lastOccurrence: row.last_occurrence,
        observedRevision: row.observed_revision,
        attemptedRevision: row.attempted_revision,
        appliedRevision: row.applied_revision,
        lookedAt: row.looked_at,
        lastSuccess: row.last_success,
        failures: row.failures,
        conditions: JSON.parse(row.conditions) as readonly Condition[],
      };
    },
    async saveSyncState(sync: string, state: Partial<SyncState>, lease?: Lease) {
      const columns = columnsOf(state);
      await db.transaction().execute(async (transact) => {
        if (lease !== undefined) await fence(transact, lease);
        await transact
          .insertInto('sync_states')
          .values({ sync, ...columns })
          .onConflict((conflict) =>
            Object.keys(columns).length === 0
              ? conflict.column('sync').doNothing()
              : conflict.column('sync').doUpdateSet(columns),
          )
          .execute();
      });
    },
  };
}

/** A sync that no pass has touched yet. */
export const untouched: SyncState = {
  firstPassDone: false,
  source: null,
  activatedAt: null,
  lastOccurrence: null,
  observedRevision: null,
  attemptedRevision: null,
  appliedRevision: null,
  lookedAt: null,
  lastSuccess: null,
  failures: 0,
  conditions: [],
};

/** Only what is given: what is left out stays as it is. */
function columnsOf(state: Partial<SyncState>) {
  return {
    ...(state.firstPassDone === undefined ? {} : { first_pass_done: state.firstPassDone ? 1 : 0 }),
    ...(state.source === undefined ? {} : { source: state.source }),
    ...(state.activatedAt === undefined ? {} : { activated_at: state.activatedAt }),
    ...(state.lastOccurrence === undefined ? {} : { last_occurrence: state.lastOccurrence }),
    ...(state.observedRevision === undefined ? {} : { observed_revision: state.observedRevision }),
    ...(state.attemptedRevision === undefined ? {} : { attempted_revision: state.attemptedRevision }),
    ...(state.appliedRevision === undefined ? {} : { applied_revision: state.appliedRevision }),
    ...(state.lookedAt === undefined ? {} : { looked_at: state.lookedAt }),
    ...(state.lastSuccess === undefined ? {} : { last_success: state.lastSuccess }),
    ...(state.failures === undefined ? {} : { failures: state.failures }),
    ...(state.conditions === undefined ? {} : { conditions: JSON.stringify(state.conditions) }),
  };
}

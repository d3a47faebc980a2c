import { sql } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';

/** Rows deleted in one transaction. */
const atOnce = 1_000;
const dayMs = 24 * 60 * 60_000;
/** The longest quarantine that a spec may ask for. */
const formerMs = 730 * dayMs;

/**
 * Deletes what is older than its keeping, a thousand rows for each transaction: cut short, it goes on the next time.
 * Open intents stay whatever their age: only the target knows what became of them.
 */
export function expiryQueries({ db, clock }: Ground): Pick<Store, 'expire'> {
  return {
    async expire(before) {
      await redate(db, clock.now());
      await untilNoneIsLeft(() => deletePeople(db, before));
      await untilNoneIsLeft(() => deleteIntents(db, before));
      await untilNoneIsLeft(() => deleteCounts(db, before));
      await untilNoneIsLeft(() => deleteDetails(db, before));
      await db.transaction().execute(async (transact) => {
        await transact.deleteFrom('runs').where('id', 'in', oldRuns(transact, before)).execute();
        await transact.deleteFrom('populations').where('at', '<', before).execute();
        await transact
          .deleteFrom('former_values')
          .where('at', '<', before - formerMs)
          .execute();
        await transact.deleteFrom('held_sets').where('seen_at', '<', before).execute();
        await transact
          .deleteFrom('alerts')
          .where('state', '=', 'resolved')
          .where('since', '<', before)
          .execute();
      });
    },
  };
}

/**
 * What was counted under a clock that ran ahead would count for years: from now on it counts as of now. Nothing is done
 * where the clock lies before everything that is known, because then it is itself the one that is wrong.
 */
async function redate(db: Ground['db'], now: number): Promise<void> {
  const known = db.selectFrom('runs').select('id').where('started_at', '<=', now);
  for (const table of ['counts', 'populations'] as const) {
    await db
      .updateTable(table)
      .set({ at: now })
      .where('at', '>', now + dayMs)
      .where((eb) => eb.exists(known))
      .execute();
  }
}

async function untilNoneIsLeft(step: () => Promise<{ readonly numDeletedRows: bigint }>): Promise<void> {
  for (;;) {
    const { numDeletedRows } = await step();
    if (numDeletedRows < BigInt(atOnce)) return;
    await setImmediate();
  }
}

/** A run that never ended (the process was killed) is as old as its start. */
function oldRuns(db: Ground['db'], before: number) {
  return db
    .selectFrom('runs')
    .select('id')
    .where((eb) => eb(eb.fn.coalesce('ended_at', 'started_at'), '<', before));
}

function deletePeople(db: Ground['db'], before: number) {
  const old = db.selectFrom('people').select('id').where('run', 'in', oldRuns(db, before)).limit(atOnce);
  return db.deleteFrom('people').where('id', 'in', old).executeTakeFirst();
}

function deleteIntents(db: Ground['db'], before: number) {
  const old = db
    .selectFrom('intents')
    .select('key')
    .where('open', '=', sql.lit(0))
    .where('settled_at', '<', before)
    .limit(atOnce);
  return db.deleteFrom('intents').where('key', 'in', old).executeTakeFirst();
}

function deleteCounts(db: Ground['db'], before: number) {
  const old = db.selectFrom('counts').select('id').where('at', '<', before).limit(atOnce);
  return db.deleteFrom('counts').where('id', 'in', old).executeTakeFirst();
}

function deleteDetails(db: Ground['db'], before: number) {
  const old = db
    .selectFrom('details')
    .select(['connection', 'id'])
    .where('read_at', '<', before)
    .limit(atOnce);
  return db
    .deleteFrom('details')
    .where((eb) => eb(eb.refTuple('connection', 'id'), 'in', old.$asTuple('connection', 'id')))
    .executeTakeFirst();
}

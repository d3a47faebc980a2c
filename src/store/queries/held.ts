import type { Selectable } from 'kysely';
import type { HeldItem, HeldSet } from '../../model/hold.ts';
import type { Sealer } from '../seal.ts';
import type { Store, StoredHeld } from '../store.ts';
import type { Ground, Tables, Transact } from '../tables.ts';
import { fence } from './leases.ts';

type Row = Selectable<Tables['held_sets']>;

/** Held sets: the current one of each sync, and older ones that an approval may still name. */
export function heldQueries({
  db,
  sealer,
}: Ground): Pick<Store, 'saveHeld' | 'heldByDigest' | 'held' | 'useHeld'> {
  return {
    async saveHeld(set, at, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        const nothing = set.items.length === 0;
        await supersede(transact, set.sync, nothing ? '' : set.digest);
        if (!nothing) await write(transact, sealer, set, at);
      });
    },
    async heldByDigest(digest, sync) {
      const row = await newest(db, digest, sync).executeTakeFirst();
      return row === undefined ? undefined : open(sealer, row);
    },
    async held(sync) {
      const row = await db
        .selectFrom('held_sets')
        .selectAll()
        .where('sync', '=', sync)
        .where('current', '=', 1)
        .executeTakeFirst();
      return row === undefined ? undefined : open(sealer, row);
    },
    async useHeld(digest, members, sync, lease) {
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        const row = await newest(transact, digest, sync).executeTakeFirst();
        if (row === undefined) return;
        const { set, done, state } = open(sealer, row);
        const all = new Set(set.items.map(memberOf));
        const used = new Set([...done, ...members.filter((member) => all.has(member))]);
        await transact
          .updateTable('held_sets')
          .set({
            done: JSON.stringify([...used].toSorted()),
            state: used.size === all.size ? 'used' : state,
          })
          .where('sync', '=', row.sync)
          .where('digest', '=', digest)
          .execute();
      });
    },
  };
}

async function supersede(transact: Transact, sync: string, digest: string): Promise<void> {
  const others = transact.updateTable('held_sets').where('sync', '=', sync).where('digest', '<>', digest);
  await others.set({ current: 0 }).where('current', '=', 1).execute();
  await others.set({ state: 'superseded' }).where('state', '=', 'open').execute();
}

/** The same set again keeps its age and what was done of it: an approval releases each member once. */
async function write(transact: Transact, sealer: Sealer, set: HeldSet, at: number): Promise<void> {
  await transact
    .insertInto('held_sets')
    .values({
      sync: set.sync,
      digest: set.digest,
      since: at,
      seen_at: at,
      state: 'open',
      current: 1,
      done: '[]',
      sealed: sealer.seal(['held_sets', set.sync, set.digest], set),
    })
    .onConflict((conflict) =>
      conflict.columns(['sync', 'digest']).doUpdateSet((eb) => ({
        since: eb.case().when('held_sets.current', '=', 1).then(eb.ref('held_sets.since')).else(at).end(),
        seen_at: at,
        state: eb.case().when('held_sets.state', '=', 'used').then('used').else('open').end(),
        current: 1,
        sealed: eb.ref('excluded.sealed'),
      })),
    )
    .execute();
}

/** Two syncs may hold the same; without a sync the one that was seen last is meant. */
function newest(db: Ground['db'] | Transact, digest: string, sync: string | undefined) {
  return db
    .selectFrom('held_sets')
    .selectAll()
    .where('digest', '=', digest)
    .$if(sync !== undefined, (query) => query.where('sync', '=', sync ?? ''))
    .orderBy('seen_at', 'desc')
    .orderBy('sync')
    .limit(1);
}

function open(sealer: Sealer, row: Row): StoredHeld {
  return {
    set: sealer.open(['held_sets', row.sync, row.digest], row.sealed) as HeldSet,
    since: row.since,
    state: row.state as StoredHeld['state'],
    done: new Set(JSON.parse(row.done) as readonly string[]),
  };
}

function memberOf(item: HeldItem): string {
  return item.attribute === undefined ? item.change.id : `${item.change.id}#${item.attribute}`;
}

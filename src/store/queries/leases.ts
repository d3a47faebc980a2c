import type { ExpressionBuilder } from 'kysely';
import { Waiting } from '../../model/error.ts';
import type { Lease, Store } from '../store.ts';
import type { Ground, Tables, Transact } from '../tables.ts';

/** Clocks of replicas never differ by more (ms). */
const mostSkewMs = 10 * 60_000;

/** Leases with fencing tokens; they expire by the injected clock. */
export function leaseQueries({
  db,
  clock,
}: Ground): Pick<Store, 'acquireLease' | 'renewLease' | 'releaseLease'> {
  return {
    async acquireLease(name, holder, ttlMs) {
      const now = clock.now();
      // One statement, so that of two who ask at once one gets it.
      const row = await db
        .insertInto('leases')
        .values({ name, holder, token: 1, expires_at: now + ttlMs })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet((eb) => ({
              holder: eb.ref('excluded.holder'),
              token: eb('leases.token', '+', 1),
              expires_at: eb.ref('excluded.expires_at'),
            }))
            .where((eb) =>
              eb.or([
                eb('leases.holder', 'is', null),
                eb('leases.holder', '=', holder),
                eb('leases.expires_at', '<=', now),
                // None lasts so long: some clock was wrong, and nobody must wait until it is right again.
                eb('leases.expires_at', '>', now + ttlMs + mostSkewMs),
              ]),
            ),
        )
        .returning('token')
        .executeTakeFirst();
      return row === undefined ? undefined : { name, holder, token: row.token };
    },
    async renewLease(lease, ttlMs) {
      const result = await db
        .updateTable('leases')
        .set({ expires_at: clock.now() + ttlMs })
        .where(isOurs(lease))
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async releaseLease(lease) {
      // The row stays, so that the token goes on growing.
      await db.updateTable('leases').set({ holder: null, expires_at: 0 }).where(isOurs(lease)).execute();
    },
  };
}

/**
 * Inside a writing transaction: rejects with `Waiting` (`LeaseLost`) when the lease was taken by another, acquired anew
 * or released. One that has run out and that nobody took is still ours: nobody else can have written under it. An
 * update, not a read, so that the row stays locked until this transaction ends.
 */
export async function fence(transact: Transact, lease: Lease): Promise<void> {
  const result = await transact
    .updateTable('leases')
    .set((eb) => ({ token: eb.ref('token') }))
    .where(isOurs(lease))
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) return;
  throw new Waiting(
    'LeaseLost',
    `the lease "${lease.name}" has another holder by now; nothing was recorded, and the next pass looks afresh`,
  );
}

function isOurs({ name, holder, token }: Lease) {
  return (eb: ExpressionBuilder<Tables, 'leases'>) => eb.and({ name, holder, token });
}

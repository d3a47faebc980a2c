import type { QueuedMail, Store } from '../store.ts';
import type { Sealer } from '../seal.ts';
import type { Ground, Tables } from '../tables.ts';
import type { ExpressionBuilder, Kysely } from 'kysely';

const dayMs = 24 * 60 * 60_000;

/** Mails that wait for the server. One that was queued under the same id before is not queued twice. */
export function mailQueries({
  db,
  sealer,
}: Ground): Pick<Store, 'queueMail' | 'waitingMail' | 'takeMail' | 'mailSent' | 'mailFailed'> {
  return {
    async queueMail(mail) {
      await writeMail(db, sealer, mail);
    },
    async waitingMail(now) {
      const rows = await db
        .selectFrom('mails')
        .select(['id', 'attempts', 'sealed'])
        .where(isDue(now))
        .orderBy('queued_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        ...(sealer.open(['mails', row.id], row.sealed) as QueuedMail),
        attempts: row.attempts,
      }));
    },
    async takeMail(id, now, until) {
      const { numUpdatedRows } = await db
        .updateTable('mails')
        .set({ next_attempt_at: until })
        .where('id', '=', id)
        .where(isDue(now))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async mailSent(id) {
      await db.deleteFrom('mails').where('id', '=', id).execute();
    },
    async mailFailed(id, nextAttemptAt) {
      await db
        .updateTable('mails')
        .set((eb) => ({ attempts: eb('attempts', '+', 1), next_attempt_at: nextAttemptAt }))
        .where('id', '=', id)
        .execute();
    },
  };
}

/** Further away than any try, it was set by a clock that ran ahead. */
function isDue(now: number) {
  return (eb: ExpressionBuilder<Tables, 'mails'>) =>
    eb.or([eb('next_attempt_at', '<=', now), eb('next_attempt_at', '>', now + dayMs)]);
}

/** Also within the caller's transaction. */
export async function writeMail(db: Kysely<Tables>, sealer: Sealer, mail: QueuedMail): Promise<void> {
  await db
    .insertInto('mails')
    .values({
      id: mail.id,
      queued_at: mail.queuedAt,
      attempts: 0,
      next_attempt_at: mail.queuedAt,
      sealed: sealer.seal(['mails', mail.id], mail),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

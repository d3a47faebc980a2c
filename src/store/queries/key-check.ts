import { Stalled } from '../../model/error.ts';
import type { Ground } from '../tables.ts';

/**
 * Compares the sealing key with the one that this store knows under the same id, before anything is sealed with a key
 * that was mistyped. Rejects with `Stalled` (`SealingKeyWrong`).
 */
export async function checkSealingKey({ db, sealer }: Ground): Promise<void> {
  const keyId = sealer.keyId;
  const known = await db
    .selectFrom('key_checks')
    .select('sealed')
    .where('key_id', '=', keyId)
    .executeTakeFirst();
  if (known === undefined) {
    await db
      .insertInto('key_checks')
      .values({ key_id: keyId, sealed: sealer.seal(['key_checks', keyId], keyId) })
      .onConflict((conflict) => conflict.column('key_id').doNothing())
      .execute();
    return;
  }
  try {
    sealer.open(['key_checks', keyId], known.sealed);
  } catch (error) {
    throw new Stalled(
      'SealingKeyWrong',
      `the sealing key "${keyId}" has other bytes than the one that this store was written with; configure the right key, or give the new one its own id and keep the old one as a previous key`,
      { cause: error },
    );
  }
}

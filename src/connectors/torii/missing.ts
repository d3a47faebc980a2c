import { RefusedStatus } from '../../http/errors.ts';

/** Asks, and notes with the way out where the key has no right to the answer. */
export async function allowed<T>(
  ask: () => Promise<T>,
  missing: string[],
  sentence: string,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof RefusedStatus) || ![403, 404].includes(error.status)) throw error;
    missing.push(`${sentence} (${error.status})`);
    return undefined;
  }
}

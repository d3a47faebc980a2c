import type { HttpResponse } from '../../../http/client.ts';
import { vendorWords } from '../../vendor-words.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { messageIn } from '../refusals.ts';
import type { TalentLmsClient } from '../client.ts';

/** Statuses by which a single user that is not there may be answered: a missing one or a bad argument. */
const refusedLookUp = [400, 404] as const;

/**
 * One object asked for by its key; `undefined` when TalentLMS has none. There are only words to tell that from a bad
 * request: "does not exist", and "no longer available" for what was deleted and not for good.
 */
export async function getOne(
  client: TalentLmsClient,
  path: string,
  signal: AbortSignal,
): Promise<JsonObject | 'deleted' | undefined> {
  const answer = await client.get(path, signal, refusedLookUp);
  if (answer.status === 200) {
    if (isObject(answer.body)) return answer.body;
    throw client.unexpected('something else than the one record that was asked for');
  }
  const gone = goneIn(answer);
  if (gone === undefined) {
    const message = `TalentLMS answers ${answer.status} to a look-up, and not that nothing is there; check domain and api in the config`;
    throw client.stalled('UnexpectedRefusal', message);
  }
  return gone === 'deleted' ? 'deleted' : undefined;
}

/** What a refusal says of the record, by words alone: never there, or deleted; `undefined` when it speaks of something else. */
export function goneIn({ body }: Pick<HttpResponse, 'body'>): 'missing' | 'deleted' | undefined {
  const words = vendorWords(messageIn(body));
  if (/no longer available/i.test(words)) return 'deleted';
  if (/action does not exist/i.test(words)) return undefined;
  return /does not exist/i.test(words) ? 'missing' : undefined;
}

/** `key:value` pairs of a path. Unencoded, a comma or colon would split the argument. */
export function pathOf(action: string, pairs: Readonly<Record<string, string | number>>): string {
  const text = Object.entries(pairs).map(([key, value]) => `${key}:${encodeURIComponent(String(value))}`);
  return `${action}/${text.join(',')}`;
}

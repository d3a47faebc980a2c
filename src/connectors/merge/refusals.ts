import { Stalled } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { isObject } from '../json.ts';
import { vendorWords } from '../vendor-words.ts';

/** Statuses that Merge gives with words in their bodies ("What error codes can I expect from Merge"). */
export const refusals = [400, 403, 404] as const;

const fates: Readonly<Record<number, readonly [reason: string, wayOut: string]>> = {
  400: ['RequestRefused', 'check the config of this connection'],
  403: [
    'PermissionDenied',
    "switch the model on in Merge's Common Model scopes, or ask Merge whether the plan includes it",
  ],
  404: ['NotFound', 'check region and base URL of this connection'],
};

/** A refusal of a whole request, with Merge's words as far as they are about no person. */
export function refused(connection: string, path: string, status: number, body: Json): Stalled {
  const [reason, wayOut] = fates[status] ?? ['RequestRefused', 'check the config of this connection'];
  const words = wordsIn(body);
  const said = words === '' ? '' : `: "${words}"`;
  const message = `connection ${connection}: Merge refused ${path} (${status})${said}; ${wayOut}`;
  return new Stalled(reason, message, { connection });
}

/** What an error says: `detail` of the framework's own, or a list of `errors`. */
export function wordsIn(body: Json): string {
  const texts = textsIn(body, 0).map((text) => vendorWords(text.replaceAll('_', ' ')));
  return [...new Set(texts.filter((text) => text !== ''))].join('; ').slice(0, 300);
}

const said = ['detail', 'title', 'message', 'problem_type', 'errors', 'error', 'non_field_errors'];

function textsIn(value: Json, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (depth > 3 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one) => textsIn(one, depth + 1));
  if (!isObject(value)) return [];
  return said.flatMap((key) => textsIn(value[key] ?? null, depth + 1));
}

import type { VendorRequest } from '../loopback.ts';
import { openDocument } from '../openapi.ts';
import { Refusal, sections } from './refusal.ts';

const document = openDocument('torii.json');

/**
 * Refuses what Torii's own OpenAPI document does not allow; without the document, nothing. What it has wrong:
 * - `value` of a PATCH is typed as text, with `x-alternatives` (number, boolean, object) that no validator knows: it is
 *   held against the document as text.
 */
export function checkByDocument(request: VendorRequest): void {
  const { method, path, query, headers } = request;
  const json = method === 'PATCH' ? withTexts(request.json) : request.json;
  const [wrong] = document?.check({ method, path, query, headers, json, form: request.form }) ?? [];
  if (wrong !== undefined)
    throw new Refusal(wrong.endsWith('no such path') ? 404 : 400, sections.document, wrong);
}

function withTexts(json: unknown): unknown {
  const { Operations: operations, ...rest } = (json ?? {}) as { Operations?: readonly object[] };
  if (!Array.isArray(operations)) return json;
  const texts = operations.map((one: { value?: string | boolean }) =>
    one.value === undefined ? one : { ...one, value: String(one.value) },
  );
  return { ...rest, Operations: texts };
}

import type { VendorRequest } from '../loopback.ts';
import { openDocument } from '../openapi.ts';
import { Refusal, sections } from './refusal.ts';

const document = openDocument('merge-hris.yaml');

/** Refuses what the vendor's OpenAPI document does not allow; without the document, nothing. */
export function checkByDocument(request: VendorRequest): void {
  if (document === undefined) return;
  const { method, path, headers, json } = request;
  // `expand` is declared as an array, and described as one word with commas: each part is held against the list.
  const query = new URLSearchParams(
    [...request.query].flatMap(([name, value]) =>
      name === 'expand' ? value.split(',').map((one) => [name, one]) : [[name, value]],
    ),
  );
  const [wrong] = document.check({ method, path, query, headers, json });
  // What there is no path for is refused by the routes, as the vendor would.
  if (wrong !== undefined && !/no such path| has no /.test(wrong))
    throw new Refusal(400, sections.document, wrong);
}

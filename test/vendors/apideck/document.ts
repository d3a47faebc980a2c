import type { VendorRequest } from '../loopback.ts';
import { openDocument } from '../openapi.ts';
import { Refusal } from './refusal.ts';

/** The Connector API has its own document, which is not at hand: requests to it are checked by the server alone. */
const documents: readonly (readonly [prefix: string, file: string])[] = [
  ['/hris/', 'apideck-hris.yaml'],
  ['/vault/', 'apideck-vault.yaml'],
];

/** Refuses what the vendor's OpenAPI documents do not allow; without them, nothing. */
export function checkByDocument(request: VendorRequest): void {
  const file = documents.find(([prefix]) => request.path.startsWith(prefix))?.[1];
  const { method, path, query, headers, json } = request;
  const [wrong] =
    (file === undefined ? undefined : openDocument(file))?.check({ method, path, query, headers, json }) ??
    [];
  if (wrong !== undefined) throw new Refusal(400, 'RequestValidationError', wrong);
}

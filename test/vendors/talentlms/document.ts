import type { VendorRequest } from '../loopback.ts';
import { openDocument } from '../openapi.ts';
import { Refusal, sections } from './refusal.ts';

const document = openDocument('talentlms.yaml');

/** Refuses what the vendor's OpenAPI document does not allow; without the document, nothing. */
export function checkByDocument(request: VendorRequest): void {
  if (document === undefined) return;
  const { method, path, headers, json, form } = request;
  // The document describes paging in prose and does not list its parameters.
  const query = new URLSearchParams([...request.query].filter(([name]) => !name.startsWith('page[')));
  // It asks for the attributes of an enrolment to delete, and for a Content-Type, and lists no body.
  const said = method === 'DELETE' && path.endsWith('/enrollments') ? undefined : json;
  const [wrong] = document.check({ method, path, query, headers, json: said, form });
  if (wrong !== undefined) throw new Refusal(400, sections.simulator, wrong);
}

import type { HttpResponse } from '../../../http/client.ts';
import { RefusedStatus } from '../../../http/errors.ts';
import type { Json } from '../../../model/value.ts';
import { isObject, objectsOf } from '../../json.ts';
import { vendorWords } from '../../vendor-words.ts';
import type { Resource } from './resources.ts';

/** Statuses that come with `application/problem+json`. */
export const refusals = [400, 403, 404, 409, 412, 422] as const;

const credentialsPage = 'the API credentials in Personio (Settings > Integrations > API credentials)';

/** Why Personio does not give this, with the way out, and with its own words where they are nobody's. */
export function refused(
  connection: string,
  resource: Resource,
  { status, body }: Pick<HttpResponse, 'status' | 'body'>,
): RefusedStatus {
  const words = wordsIn(body);
  const said = words === '' ? String(status) : `${status}, "${words}"`;
  const [reason, message] = sentence(resource, status, said, scopeIn(body) ?? resource.scope);
  return new RefusedStatus(connection, reason, `connection ${connection}: ${message}`, status);
}

function sentence(
  { what, isBeta }: Resource,
  status: number,
  said: string,
  scope: string | undefined,
): readonly [reason: string, message: string] {
  if (status === 403) {
    const right = scope === undefined ? `the right to read ${what}` : `the scope ${scope}`;
    return [
      'PermissionDenied',
      `Personio does not show ${what} (${said}); add ${right} to ${credentialsPage}`,
    ];
  }
  if (status === 404 || status === 412) {
    const why = isBeta === true ? ', which are in beta and not open to every company' : '';
    return [
      'NotOffered',
      `Personio does not offer ${what} here (${said})${why}; take what is read from them out of the spec, or use api: v1`,
    ];
  }
  return [
    'RequestRefused',
    `Personio refused to give ${what} (${said}); check the config of this connection`,
  ];
}

/** Title and detail of each error, as far as they are words of error messages. */
function wordsIn(body: Json): string {
  const errors = isObject(body) ? objectsOf(body['errors']) : [];
  const texts = errors.flatMap(({ title, detail }) => [vendorWords(title), vendorWords(detail)]);
  return [...new Set(texts.filter((text) => text !== ''))].join(': ').slice(0, 300);
}

/** A scope that the answer names: the vendor's word, and nobody's. */
function scopeIn(body: Json): string | undefined {
  return /\bpersonio:[a-z-]{1,40}:(?:read|write)\b/.exec(JSON.stringify(body))?.[0];
}

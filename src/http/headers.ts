import type { HttpRequest } from './client.ts';
import { multipartType } from './multipart.ts';

type Headers = Readonly<Record<string, string>>;

/** All headers of one attempt. A request's replace the connection's, and nothing replaces the authorisation. */
export function headersOf(
  request: HttpRequest,
  ofConnection: Headers | undefined,
  authorization: Headers,
): Headers {
  return {
    accept: accepted(request.expect),
    'accept-encoding': 'gzip',
    ...contentType(request),
    ...lowerCase(ofConnection),
    ...lowerCase(request.headers),
    ...authorization,
  };
}

function accepted(expect: HttpRequest['expect']): string {
  if (typeof expect !== 'object') return 'application/json';
  return 'text' in expect ? expect.text.mediaType : '*/*';
}

function contentType(request: HttpRequest): Record<string, string> {
  if (request.body === undefined) return {};
  if ('file' in request.body) return { 'content-type': multipartType(request.body.file) };
  if ('text' in request.body) return { 'content-type': `${request.body.mediaType}; charset=utf-8` };
  return {
    'content-type': 'json' in request.body ? 'application/json' : 'application/x-www-form-urlencoded',
  };
}

/** One spelling for each name, so that a connector's header replaces ours instead of being sent beside it. */
function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

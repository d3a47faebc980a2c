import { Stalled } from '../model/error.ts';
import type { HttpRequest } from './client.ts';

/** Where a request goes. Throws `Stalled` for another origin and for a path that climbs out of the base URL. */
export function addressOf(base: URL, request: HttpRequest, connection: string): URL {
  const url = /^https?:\/\//i.test(request.path)
    ? parse(request.path, connection)
    : join(base, request.path, connection);
  if (url.origin !== base.origin || url.username !== '' || url.password !== '') {
    throw new Stalled(
      'ForeignOrigin',
      `connection ${connection}: the answer of ${base.host} points to another host, which is not followed; ` +
        'set the base URL to the host that serves the data',
      { connection },
    );
  }
  for (const [key, value] of Object.entries(request.query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) {
      url.searchParams.append(key, one);
    }
  }
  return url;
}

/** The base URL of a connection: https (http to this machine), no credentials in it, no query. */
export function parseBase(text: string, connection: string): URL {
  const url = parse(text, connection);
  const fine =
    /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '';
  if (fine) return url;
  throw invalid('the base URL must be an https address without credentials and query', connection);
}

/** The path as far as it is safe to print: words stay, everything that may be an id or a name does not. */
export function printablePath(url: URL): string {
  return url.pathname
    .split('/')
    .map((part) => (part === '' || /^(?:[A-Za-z][a-z]*(?:[-_][a-z]+)*|v\d+)$/.test(part) ? part : '…'))
    .join('/');
}

function parse(text: string, connection: string): URL {
  const url = URL.parse(text);
  if (url === null) throw invalid('an address is not a valid URL; check the base URL', connection);
  return url;
}

function join(base: URL, path: string, connection: string): URL {
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(path)) {
    throw invalid('a path holds a segment of dots, which would lead to another address', connection);
  }
  const url = new URL(base);
  const [pathname = '', ...query] = path.split('?');
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/${pathname.replace(/^\//, '')}`;
  url.search = query.join('?');
  return url;
}

function invalid(what: string, connection: string): Stalled {
  return new Stalled('InvalidAddress', `connection ${connection}: ${what}`, { connection });
}

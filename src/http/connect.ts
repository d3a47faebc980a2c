import { lookup as dnsLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

import { Agent, buildConnector } from 'undici';

/**
 * Says why a host with these addresses must not be reached, or `undefined` when it may. Asked for every new connection
 * with the addresses that the connection will use, so that a name cannot point elsewhere later.
 */
export type HostPolicy = (
  hostname: string,
  addresses: readonly string[],
  protocol: 'http:' | 'https:' | 'ssh:',
) => string | undefined;

/** The operator's policy, or the rule about plain http, refused the host. */
export class HostRefused extends Error {
  override readonly name = 'HostRefused';
}

export interface ConnectOptions {
  readonly checkHost: HostPolicy;
  readonly connections: number;
  /** Silence that ends a request: before the headers, and between two pieces of the body. */
  readonly silenceMs: number;
}

const connectMs = 15_000;
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Sockets of one connection: HTTP/1.1 only, addresses checked and pinned, plain http to this machine only. */
export function openAgent({ checkHost, connections, silenceMs }: ConnectOptions): Agent {
  return new Agent({
    connections,
    allowH2: false,
    pipelining: 1,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect: checkedConnector(checkHost),
  });
}

/** The policy where the operator gave none: what nobody allowed is not reached. */
export const onlyThisMachine: HostPolicy = (_hostname, addresses) =>
  isThisMachine(addresses) ? undefined : 'no policy allows hosts outside of this machine';

function checkedConnector(checkHost: HostPolicy): buildConnector.connector {
  const secure = buildConnector({
    timeout: connectMs,
    allowH2: false,
    lookup: checkedLookup((hostname, addresses) => checkHost(hostname, addresses, 'https:')),
  });
  const plain = buildConnector({
    timeout: connectMs,
    allowH2: false,
    lookup: checkedLookup(
      (hostname, addresses) => whyNotPlain(addresses) ?? checkHost(hostname, addresses, 'http:'),
    ),
  });
  return (options, callback) => {
    const isPlain = options.protocol === 'http:';
    // An address in the URL is connected to without a look-up.
    if (isIP(options.hostname) !== 0) {
      const addresses = [options.hostname];
      const protocol = isPlain ? 'http:' : 'https:';
      const why =
        (isPlain ? whyNotPlain(addresses) : undefined) ?? checkHost(options.hostname, addresses, protocol);
      if (why !== undefined) {
        callback(new HostRefused(why), null);
        return;
      }
    }
    (isPlain ? plain : secure)(options, callback);
  };
}

/** Resolves a name to addresses that `check` has been asked about; it says why one must not be reached. */
export function checkedLookup(
  check: (hostname: string, addresses: readonly string[]) => string | undefined,
): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const why = check(
        hostname,
        addresses.map(({ address }) => address),
      );
      const [first] = addresses;
      if (why !== undefined || first === undefined) {
        callback(new HostRefused(why ?? `${hostname} has no address`), []);
      } else if (options.all === true) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

function whyNotPlain(addresses: readonly string[]): string | undefined {
  return isThisMachine(addresses) ? undefined : 'plain http is allowed to this machine only; use https';
}

function isThisMachine(addresses: readonly string[]): boolean {
  return addresses.every((address) => loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'));
}

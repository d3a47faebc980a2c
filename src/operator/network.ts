import { BlockList, isIP } from 'node:net';
/** Which private networks may be reached, and whether plain http may be spoken there. */
export interface NetworkSettings {
  readonly private: readonly string[];
  readonly http: boolean;
}

export interface NetworkPolicy {
  /**
   * A sentence on why this host may not be reached, or undefined. Asked after the name was resolved and for every address
   * that will be used, so that a public name can't lead to a private machine.
   */
  check(hostname: string, addresses: readonly string[], protocol?: string): string | undefined;
}

/** Public hosts by encrypted protocols; private, loopback and link-local ones only where the operator lists them. */
export function networkPolicy(config: { readonly network: NetworkSettings }): NetworkPolicy {
  const names = new Set<string>();
  const ranges = new BlockList();
  for (const entry of config.network.private) {
    if (isIP(entry) === 0 && !entry.includes('/')) names.add(entry.toLowerCase());
    else addRange(ranges, entry);
  }
  return {
    check(hostname, addresses, protocol = 'https:') {
      const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
      const targets = isIP(host) === 0 ? addresses : [host];
      if (targets.length === 0) return `${host} has no address`;
      const isListed = (address: string) => names.has(host) || within(ranges, address);
      const stranger = targets.find((address) => within(reserved, address) && !isListed(address));
      if (stranger !== undefined) {
        return `${host} is on a private network (${stranger}); the operator's configuration allows it under network.private`;
      }
      if (encrypted.has(protocol)) return undefined;
      if (config.network.http && targets.every((address) => isListed(address))) return undefined;
      return `${host} may not be reached by plain ${protocol.replace(':', '')}; use https (network.http allows it for hosts under network.private, on this machine)`;
    },
  };
}

const encrypted: ReadonlySet<string> = new Set(['https:', 'ssh:']);

/** What is wrong with an entry of `network.private`, or undefined. */
export function networkFault(entry: string): string | undefined {
  if (!entry.includes('/'))
    return /^[^\s:@]+$/.test(entry) || isIP(entry) !== 0 ? undefined : `${entry} is no host`;
  try {
    addRange(new BlockList(), entry);
    return undefined;
  } catch {
    return `${entry} is no range of addresses such as 10.1.0.0/16`;
  }
}

/** Addresses that are not of the public internet (IANA special-purpose registries, RFC 6890), multicast included. */
const reserved = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/127',
  '64:ff9b::/96',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]) {
  addRange(reserved, range);
}

function addRange(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix);
  list.addSubnet(address, bits, family);
}

function within(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

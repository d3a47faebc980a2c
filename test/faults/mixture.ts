import type { Chance } from '../simulator/chance.ts';
import type { VendorRequest } from '../vendors/loopback.ts';
import { untruths, type Untruth } from './lies.ts';
import { listings, type Listing } from './listings.ts';
import type { Disturb, Disturbance } from './proxy.ts';
import type { Time } from './time.ts';

/** One fault of the mixture; some need a list, some only make sense for a write. */
type Kind = (request: VendorRequest, chance: Chance, time: Time) => Disturbance;

const answered = (status: number, headers: Record<string, string> = {}, namesMs?: number): Disturbance => ({
  name: `${status} ${headers['retry-after'] ?? ''}`,
  fault: { kind: 'answer', answer: { status, headers, body: { message: 'not now' } } },
  ...(namesMs === undefined ? {} : { namesMs }),
});

const kinds: Readonly<Record<string, Kind>> = {
  '5xx': (_request, chance) => answered(chance.oneOf(408, 500, 502, 503, 504)),
  throttled(_request, chance, time) {
    const status = chance.oneOf(425, 429, 503);
    const seconds = chance.oneOf(1, 20, 240, 3_600);
    if (chance.happens(0.3)) return answered(status, { 'retry-after': chance.oneOf('soon', '-1', '0', '') });
    if (chance.happens(0.5)) return answered(status, { 'retry-after': `${seconds}` }, seconds * 1_000);
    const date = new Date(time.now() + seconds * 1_000).toUTCString();
    return answered(status, { 'retry-after': date }, seconds * 1_000 - 999);
  },
  reset: () => ({ name: 'reset', fault: { kind: 'reset' } }),
  lost: () => ({ name: 'lost', fault: { kind: 'lost' } }),
  gone: () => ({
    name: '504 afterwards',
    fault: { kind: 'change', change: () => ({ status: 504, body: { message: 'gone' } }) },
  }),
  cut: () => ({ name: 'cut', fault: { kind: 'cut' } }),
  page: () => ({ name: 'a web page', fault: { kind: 'html' } }),
  twice: (_request, chance) => ({ name: 'twice', delivery: chance.oneOf('twice', 'twice, first answer') }),
  overtaken: () => ({ name: 'overtaken', delivery: 'overtaken' }),
  later: () => ({ name: 'later', delivery: 'later' }),
};

const harmless: ReadonlySet<string> = new Set(['twice', 'overtaken']);

/** Some of the faults, at some share of the requests of one pass; drawn from `chance` alone. */
export function mixture(
  chance: Chance,
  listing: Listing,
  time: Time,
): { readonly disturb: Disturb; readonly lie: Untruth | undefined } {
  const share = chance.oneOf(0, 0.05, 0.15, 0.3);
  const some = chance.shuffled(Object.keys(kinds)).slice(0, chance.between(1, 4));
  const lie = chance.happens(0.25) ? chance.pick(untruths.filter(({ hangs }) => hangs !== true)) : undefined;
  const told = lie?.make(listing);
  const disturb: Disturb = (request, nth) => {
    if (lie !== undefined && told !== undefined && listing.isPage(request)) {
      return { name: `a list that ${lie.name}`, fault: told(request) };
    }
    const luck = chance.fork(`${request.method} ${request.path} ${nth}`);
    if (!luck.happens(share)) return undefined;
    const name = luck.pick(some) ?? 'reset';
    const kind = kinds[name];
    // Who only reads is late for nobody.
    if (kind === undefined || (name === 'later' && request.method === 'GET')) return undefined;
    const disturbance = kind(request, luck, time);
    return harmless.has(name) ? { ...disturbance, passes: true } : disturbance;
  };
  return { disturb, lie };
}

export const listingOf = (connector: 'csv' | 'personio' | 'scim' | 'talentlms'): Listing =>
  listings[connector === 'csv' ? 'personio' : connector];

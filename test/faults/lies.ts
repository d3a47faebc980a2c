import type { Json } from '../../src/model/value.ts';
import type { Fault, VendorAnswer, VendorRequest } from '../vendors/loopback.ts';
import { bodyOf, type Listing, type Page } from './listings.ts';

/** What is made of one page; `first` is the first page of the same walk. */
type Lie = (page: Page, number: number, first: Page) => { readonly items: Json; readonly total: Json };

/** A way in which a list is no list, or not the whole one. */
export interface Untruth {
  readonly name: string;
  /**
   * `doubted`: no reading may come of it. `believed`: nothing in it tells that it is wrong, so that limits and second
   * readings must stand before what is taken from anybody. `mended`: asking on may bring the rest. `whole`: nobody is
   * missing, it may be read.
   */
  readonly verdict: 'doubted' | 'believed' | 'mended' | 'whole';
  /** Whether it takes real time, which is kept short then. */
  readonly hangs?: true;
  readonly make: (listing: Listing) => (request: VendorRequest) => Fault;
}

const lies: readonly (readonly [string, Untruth['verdict'], Lie])[] = [
  ['is empty', 'doubted', ({ total }) => ({ items: [], total })],
  ['is empty, and says so', 'believed', () => ({ items: [], total: 0 })],
  ['has half of each page', 'mended', ({ items, total }) => ({ items: half(items), total })],
  [
    'has half of its people, and says that it is all',
    'believed',
    (_page, number, { items }) => ({ items: number === 0 ? items : [], total: items.length }),
  ],
  ['repeats its first page', 'doubted', ({ total }, _number, { items }) => ({ items, total })],
  [
    'shows somebody twice and somebody never',
    'doubted',
    ({ items, total }, number, first) => ({
      items: number === 1 ? [first.items.at(-1) ?? null, ...items.slice(1)] : items,
      total,
    }),
  ],
  [
    'shows somebody never',
    'doubted',
    ({ items, total }, number) => ({ items: number === 1 ? items.slice(1) : items, total }),
  ],
  ['counts one too many', 'doubted', ({ items, total }) => ({ items, total: total + 1 })],
  ['counts one too few', 'doubted', ({ items, total }) => ({ items, total: total - 1 })],
  ['counts anew on each page', 'doubted', ({ items, total }, number) => ({ items, total: total + number })],
  ['counts in words', 'doubted', ({ items }) => ({ items, total: 'many' })],
  [
    'is a map of people',
    'doubted',
    ({ items, total }) => ({ items: Object.fromEntries(items.entries()), total }),
  ],
  ['is missing', 'doubted', ({ total }) => ({ items: null, total })],
];

const bodies: readonly (readonly [string, Untruth['verdict'], (answer: VendorAnswer) => VendorAnswer])[] = [
  ['is an empty body', 'doubted', ({ status }) => ({ status })],
  ['is null', 'doubted', (answer) => ({ ...answer, body: 'null' })],
  ['is a list of nothing', 'doubted', (answer) => ({ ...answer, body: '[]' })],
  ['is half a JSON text', 'doubted', (answer) => ({ ...answer, body: textOf(answer).slice(0, -40) })],
  ['is two JSON texts', 'doubted', (answer) => ({ ...answer, body: textOf(answer).repeat(2) })],
  ['has a letter of latin1', 'doubted', (answer) => ({ ...answer, body: latin1(textOf(answer)) })],
  ['is UTF-16', 'doubted', (answer) => ({ ...answer, body: Buffer.from(textOf(answer), 'utf16le') })],
  ['begins with a byte order mark', 'whole', (answer) => ({ ...answer, body: `\uFEFF${textOf(answer)}` })],
  [
    'is a web page',
    'doubted',
    ({ status }) => ({ status, headers: { 'content-type': 'text/html' }, body: '<title>Sign in</title>' }),
  ],
];

/** Whatever can be wrong with a list although its status is 200. */
export const untruths: readonly Untruth[] = [
  ...lies.map(([name, verdict, lie]): Untruth => ({
    name,
    verdict,
    make: (listing) => telling(lie, listing),
  })),
  {
    name: 'is an error',
    verdict: 'doubted',
    make: ({ error }) => always({ kind: 'change', change: (answer) => ({ ...answer, body: error }) }),
  },
  ...bodies.map(([name, verdict, change]): Untruth => ({
    name,
    verdict,
    make: () => always({ kind: 'change', change }),
  })),
  { name: 'breaks off', verdict: 'doubted', make: () => always({ kind: 'cut' }) },
  {
    name: 'never comes',
    verdict: 'doubted',
    hangs: true,
    make: () => always({ kind: 'write', write: () => undefined }),
  },
  {
    name: 'comes drop by drop, and never ends',
    verdict: 'doubted',
    hangs: true,
    make: () =>
      always({
        kind: 'write',
        write(outgoing, answer) {
          outgoing.writeHead(200, { 'content-type': 'application/json' });
          outgoing.write(textOf(answer).slice(0, -1));
          const drops = setInterval(() => outgoing.write(' '), 10);
          outgoing.on('close', () => clearInterval(drops));
        },
      }),
  },
];

function always(fault: Fault): () => Fault {
  return () => fault;
}

function telling(lie: Lie, listing: Listing): (request: VendorRequest) => Fault {
  let first: Page | undefined;
  return (request) => ({
    kind: 'change',
    change(answer) {
      const body = bodyOf(answer);
      const page = listing.page(body);
      const number = listing.number(request);
      if (number === 0) first = page;
      return { ...answer, body: listing.withPage(body, lie(page, number, first ?? page)) };
    },
  });
}

function half(items: readonly Json[]): readonly Json[] {
  return items.slice(0, Math.ceil(items.length / 2));
}

function textOf({ body }: VendorAnswer): string {
  return String(body);
}

/** The text with an umlaut in the first address, one byte long. */
function latin1(text: string): Buffer {
  return Buffer.from(text.replace('@example', '\u00E4@example'), 'latin1');
}

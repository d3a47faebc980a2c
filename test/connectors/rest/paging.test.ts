import { describe, expect, test } from 'vitest';
import { linksIn } from '../../../src/connectors/rest/paging/linked.ts';
import type { HttpRequest } from '../../../src/http/client.ts';
import type { Json } from '../../../src/model/value.ts';
import { paged, people, scripted, summary, type Answer } from './scripted.ts';

/** The parameter of a request. */
const at = (request: HttpRequest, name: string) => Number(request.query?.[name] ?? 0);
const slice = (all: string, from: number, size = 2) => people(all.slice(from, from + size));

const page = { kind: 'page', parameter: 'page' };
const offset = { kind: 'offset', parameter: 'from' };
const cursor = { kind: 'cursor', parameter: 'after', cursor: 'next' };
const next = { kind: 'next', next: 'next' };
const two = { parameter: 'size', value: 2 };

/** Pages of two out of these, by the parameter of their number. */
const byPage =
  (all: string, more: (number: number) => Readonly<Record<string, Json>> = () => ({})) =>
  (request: HttpRequest): Answer => ({
    people: slice(all, (at(request, 'page') - 1) * 2),
    ...more(at(request, 'page')),
  });

const byOffset =
  (all: string, more: Readonly<Record<string, Json>> = {}, size = 2) =>
  (request: HttpRequest): Answer => ({ people: slice(all, at(request, 'from'), size), ...more });

/** Pages in the order in which they are asked for, whatever is asked. */
const inTurn =
  (...pages: readonly Answer[]) =>
  (_: HttpRequest, before: number): Answer =>
    pages[before % pages.length] ?? null;

describe('a whole list, and what proves it', () => {
  test.each<
    readonly [
      name: string,
      paging: object,
      script: (request: HttpRequest, before: number) => Answer,
      said: string,
      requests: number,
    ]
  >([
    [
      'pages with a total',
      { ...page, total: 'total' },
      byPage('abcde', () => ({ total: 5 })),
      'a b c d e; total reached',
      3,
    ],
    [
      'a total in a header',
      { ...page, total: { header: 'X-Total-Count' } },
      (request) => ({
        answer: {
          body: { people: slice('abc', (at(request, 'page') - 1) * 2) },
          headers: { 'x-total-count': '3' },
        },
      }),
      'a b c; total reached',
      2,
    ],
    [
      'a total and a number of pages',
      { ...page, total: 'total', pages: 'pages' },
      byPage('abc', () => ({ total: 3, pages: 2 })),
      'a b c; total reached, last of its pages',
      2,
    ],
    [
      'pages that count from 0',
      { ...page, first: 0, total: 'total' },
      (request) => ({ people: slice('abc', at(request, 'page') * 2), total: 3 }),
      'a b c; total reached',
      2,
    ],
    [
      'a number of pages',
      { ...page, pages: 'pages' },
      byPage('abc', () => ({ pages: 2 })),
      'a b c; last of its pages, the same when read twice',
      4,
    ],
    [
      'no pages at all',
      { ...page, pages: 'pages' },
      byPage('', () => ({ pages: 0 })),
      '; last of its pages',
      1,
    ],
    [
      'a flag of the last page',
      { ...page, last: 'last' },
      byPage('abc', (number) => ({ last: number === 2 })),
      'a b c; page that says it is the last, the same when read twice',
      4,
    ],
    [
      'pages that do not move',
      { ...page, more: 'more', shifts: false },
      byPage('abc', (number) => ({ more: number < 2 })),
      'a b c; page that says no other follows',
      2,
    ],
    [
      'a short page behind a full one',
      { ...page, size: two, until: 'short-page', shifts: false },
      byPage('abc'),
      'a b c; short page behind a full one',
      2,
    ],
    [
      'a last page that is full',
      { ...page, size: two, until: 'short-page', shifts: false },
      byPage('abcd'),
      'a b c d; nothing behind an empty page',
      4,
    ],
    [
      'a system that gives fewer than it was asked for',
      { ...page, size: { parameter: 'size', value: 9 }, until: 'short-page', shifts: false },
      byPage('abcd'),
      'a b c d; nothing behind an empty page',
      4,
    ],
    [
      'empty pages',
      { ...page, until: 'empty-page', shifts: false },
      byPage('abc'),
      'a b c; nothing behind an empty page',
      4,
    ],
    [
      'offsets by what came',
      { ...offset, size: { parameter: 'size', value: 9 }, total: 'total' },
      byOffset('abcde', { total: 5 }),
      'a b c d e; total reached',
      3,
    ],
    [
      'offsets that count from 1',
      { ...offset, first: 1, total: 'total' },
      (request) => ({ people: slice('abc', at(request, 'from') - 1), total: 3 }),
      'a b c; total reached',
      2,
    ],
    [
      'offsets until nothing comes',
      { ...offset, size: two, until: 'empty-page', shifts: false },
      byOffset('abc'),
      'a b c; nothing behind an empty page',
      4,
    ],
    [
      'cursors until null',
      cursor,
      inTurn({ people: people('ab'), next: 'x' }, { people: people('c'), next: null }),
      'a b c; no cursor',
      2,
    ],
    [
      'a cursor that is a number',
      cursor,
      inTurn({ people: people('ab'), next: 7 }, { people: people('c'), next: '' }),
      'a b c; no cursor',
      2,
    ],
    [
      'a cursor behind a page without anybody',
      cursor,
      inTurn({ people: [], next: 'x' }, { people: people('c'), next: null }),
      'c; no cursor',
      2,
    ],
    [
      'cursors that are left out at the end',
      { ...cursor, mayLack: true, size: two },
      inTurn({ people: people('ab'), next: 'x' }, { people: people('c') }),
      'a b c; no cursor',
      2,
    ],
    [
      'cursors that stand on the last page too',
      { ...cursor, more: 'more' },
      inTurn(
        { people: people('ab'), next: 'x', more: true },
        { people: people('c'), next: 'y', more: false },
      ),
      'a b c; page that says no other follows',
      2,
    ],
    [
      'links with a total',
      { ...next, total: 'total' },
      inTurn(
        { people: people('ab'), next: '/v1/people?p=2', total: 3 },
        { people: people('c'), next: null, total: 3 },
      ),
      'a b c; no next link',
      2,
    ],
    [
      'links without a total',
      next,
      inTurn({ people: people('ab'), next: '?p=2' }, { people: people('c'), next: null }),
      'a b c; no next link, the same when read twice',
      4,
    ],
    [
      'a header with links',
      { kind: 'link', size: two, shifts: false },
      inTurn(
        {
          answer: {
            body: { people: people('ab') },
            headers: { link: '<?p=1>; rel="first", <?p=2>; rel="next last"' },
          },
        },
        { answer: { body: { people: people('c') }, headers: { link: '<?p=1>; rel=first' } } },
      ),
      'a b c; no next link',
      2,
    ],
    [
      'everybody in one answer',
      { kind: 'none' },
      () => ({ people: people('abc') }),
      'a b c; all in one answer',
      1,
    ],
    [
      'one answer with its total',
      { kind: 'none', total: 'total', atMost: 9 },
      () => ({ people: people('abc'), total: 3 }),
      'a b c; total reached',
      1,
    ],
  ])('%s', async (_, paging, script, outcome, requests) => {
    const { context, requests: made } = scripted(paged(paging), script);
    expect(await summary(context)).toBe(outcome);
    expect(made).toHaveLength(requests);
  });
});

describe('a list of which nothing is concluded', () => {
  test.each<
    readonly [
      name: string,
      paging: object,
      script: (request: HttpRequest, before: number) => Answer,
      why: string,
    ]
  >([
    [
      'a page that comes twice',
      { ...page, total: 'total' },
      inTurn({ people: people('ab'), total: 4 }),
      'holds a record a second time',
    ],
    [
      'a parameter that is ignored',
      { ...page, until: 'empty-page' },
      () => ({ people: people('ab') }),
      'holds a record a second time',
    ],
    [
      'a total that is too large',
      { ...page, total: 'total' },
      byPage('abc', () => ({ total: 4 })),
      'has an empty page before its end',
    ],
    [
      'a total that is too small',
      { ...page, total: 'total' },
      byPage('abcd', () => ({ total: 3 })),
      'holds more than its total',
    ],
    [
      'a total that changes',
      { ...page, total: 'total' },
      byPage('abcde', (number) => ({ total: 4 + number })),
      'changed its total while it was read',
    ],
    [
      'a total that is none',
      { ...page, total: 'total' },
      byPage('abc', () => ({ total: 'three' })),
      'does not say its total',
    ],
    [
      'a total and flags that differ',
      { ...page, total: 'total', more: 'more' },
      byPage('abc', () => ({ total: 3, more: true })),
      'contradicts itself about its end',
    ],
    [
      'a flag that is none',
      { ...page, last: 'last' },
      byPage('abc', () => ({ last: 'maybe' })),
      'does not say what its end is proven by',
    ],
    [
      'a path of a flag that is mistyped',
      { ...page, more: 'mroe' },
      byPage('abc', () => ({ more: false })),
      'does not say what its end is proven by',
    ],
    [
      'somebody who goes between two pages',
      { ...page, pages: 'pages' },
      leaving('abcde'),
      'changed between two readings',
    ],
    [
      'somebody who goes, by offsets',
      { ...offset, size: two, until: 'short-page' },
      leavingByOffset('abcde'),
      'changed between two readings',
    ],
    [
      'somebody who comes between two pages',
      { ...page, pages: 'pages' },
      (request, before) => ({
        people: slice(before === 0 ? 'bcde' : 'abcde', (at(request, 'page') - 1) * 2),
        pages: 3,
      }),
      'holds a record a second time',
    ],
    [
      'an empty page in the middle',
      { ...page, until: 'empty-page' },
      (request) => ({
        people: at(request, 'page') === 2 ? [] : slice('abcdef', (at(request, 'page') - 1) * 2),
      }),
      'has an empty page in its middle',
    ],
    [
      'a page larger than was asked for',
      { ...page, size: two, until: 'short-page' },
      () => ({ people: people('abc') }),
      'has a page larger than was asked for',
    ],
    [
      'cursors that go in a circle',
      cursor,
      (_, before) => ({ people: [], next: before % 2 === 0 ? 'x' : 'y' }),
      'goes in a circle',
    ],
    [
      'a cursor that is its own',
      cursor,
      (_, before) => ({ people: before === 0 ? people('ab') : [], next: 'x' }),
      'goes in a circle',
    ],
    [
      'cursors that never end',
      cursor,
      (_, before) => ({ people: [], next: `c${before}` }),
      'goes on without holding anybody',
    ],
    [
      'a cursor that is missing',
      cursor,
      inTurn({ people: people('ab') }),
      'has nothing at "next"; correct the path, or say mayLack if the last page lacks it',
    ],
    [
      'a path that stops before the cursor',
      cursor,
      inTurn({ people: people('ab'), next: { cursor: 'x' } }),
      'has something else than a cursor at "next"; correct the path',
    ],
    [
      'a list of links that lacks the one that is named',
      { ...next, next: 'links[rel=nxet].href', shifts: false },
      inTurn({ people: people('ab'), links: [{ rel: 'next', href: '?p=2' }] }),
      'has nothing at "links[rel=nxet].href"; correct the path, or say mayLack if the last page lacks it',
    ],
    [
      'a full first page without a cursor',
      { ...cursor, mayLack: true, size: two },
      inTurn({ people: people('ab') }),
      'has a first page that is full, and no cursor; say where its total stands, or ask for another size',
    ],
    [
      'another page without a cursor',
      { ...cursor, more: 'more' },
      inTurn({ people: people('ab'), next: null, more: true }),
      'says that another page follows, and has no cursor',
    ],
    [
      'cursors that end before their total',
      { ...cursor, total: 'total' },
      inTurn({ people: people('ab'), next: null, total: 3 }),
      'does not add up with its total',
    ],
    ['links that go in a circle', next, inTurn({ people: [], next: '?p=2' }), 'goes in a circle'],
    [
      'a link that is no address',
      next,
      inTurn({ people: people('ab'), next: 'https://[' }),
      'names a next page that is no address',
    ],
    [
      'links that lead to a shorter list',
      next,
      inTurn(
        { people: people('ab'), next: '?p=2' },
        { people: people('c'), next: null },
        { people: people('ab'), next: null },
      ),
      'changed between two readings',
    ],
    [
      'a header that is cut',
      { kind: 'link', size: two },
      inTurn({ answer: { body: { people: people('ab') }, headers: { link: '<?p=2>; rel="nex' } } }),
      'has a header Link that is none',
    ],
    [
      'a full page without the header',
      { kind: 'link', size: two },
      inTurn({ people: people('ab') }),
      'has a first page that is full, and no next link; say where its total stands, or ask for another size',
    ],
    [
      'one answer that is full',
      { kind: 'none', atMost: 3 },
      () => ({ people: people('abc') }),
      'holds 3 records, as many as one answer can; declare its paging',
    ],
    [
      'one answer that lacks somebody',
      { kind: 'none', total: 'total' },
      () => ({ people: people('ab'), total: 3 }),
      'does not add up with its total',
    ],
  ])('%s', async (_, paging, script, why) => {
    expect(await summary(scripted(paged(paging), script).context)).toBe(moved(why));
  });
});

describe('an error that comes with status 200 is no reading, whatever else the answer holds', () => {
  const errors = {
    when: [{ path: 'ok', isNot: [true, 1] }, { path: 'errors' }, { path: 'status', is: ['error'] }],
    message: ['text', 'errors'],
  };
  test.each<readonly [name: string, body: Readonly<Record<string, Json>>, outcome: string]>([
    ['nothing wrong', { ok: true, errors: [], status: 'fine' }, 'a b; all in one answer'],
    ['a success that is a number', { ok: 1, errors: null }, 'a b; all in one answer'],
    [
      'a flag that says no',
      { ok: false, text: 'Please try again, ada@example.org' },
      said(' ("Please try again, …")'),
    ],
    ['a flag that is missing', {}, said('')],
    [
      'errors in a list',
      { ok: true, errors: ['The field is invalid', 'Ada'] },
      said(' ("The field is invalid")'),
    ],
    ['a word that says so', { ok: true, status: 'error' }, said('')],
  ])('%s', async (_, body, outcome) => {
    const { context } = scripted({ ...paged({ kind: 'none' }), errors }, () => ({
      people: people('ab'),
      ...body,
    }));
    expect(await summary(context)).toBe(outcome);
  });
});

describe('what is asked for', () => {
  test('a cursor and a size stand in the body by their paths, and its constants stay', async () => {
    const paging = {
      ...cursor,
      in: 'body',
      parameter: 'page.after',
      size: { parameter: 'page.size', value: 2 },
    };
    const list = {
      method: 'POST',
      path: 'search',
      body: { all: true, page: { sort: 'id' } },
      records: 'people',
      paging,
    };
    const { context, requests } = scripted(
      { ...paged({ kind: 'none' }), list },
      inTurn({ people: people('ab'), next: 'x' }, { people: people('c'), next: null }),
    );
    expect(await summary(context)).toBe('a b c; no cursor');
    expect(requests.map(({ body }) => body)).toEqual([
      { json: { all: true, page: { sort: 'id', size: 2 } } },
      { json: { all: true, page: { sort: 'id', size: 2, after: 'x' } } },
    ]);
  });

  test('a relative link is followed from where it stood, with the query that it lacks', async () => {
    const paging = { ...next, repeatQuery: true, shifts: false, size: two };
    const list = {
      path: 'people',
      query: { expand: ['team', 'boss'], sort: 'id' },
      records: 'people',
      paging,
    };
    const { context, requests } = scripted(
      { ...paged({ kind: 'none' }), list },
      inTurn({ people: people('ab'), next: '?after=b&sort=name' }, { people: people('c'), next: null }),
    );
    expect(await summary(context)).toBe('a b c; no next link');
    expect(requests[1]).toMatchObject({
      path: 'https://api.example.org/v1/people?after=b&sort=name&expand=team&expand=boss',
    });
    expect(requests[1]?.query).toBeUndefined();
  });
});

test.each([
  ['<a>; rel="next"', ['a next']],
  ['<a>; rel=next, <b>; rel="prev first"', ['a next', 'b prev first']],
  ['<a,b>; title="x, y"; rel="next"', ['a,b next']],
  ['', []],
  ['<a>; rel="next', undefined],
  ['a; rel=next', undefined],
])('the header Link %s', (header, links) => {
  expect(linksIn(header)?.map(({ target, relations }) => `${target} ${relations.join(' ')}`)).toEqual(links);
});

/** One who is on the first page goes when it was read, so that whoever begins the second is missed. */
function leaving(all: string): (request: HttpRequest, before: number) => Answer {
  return (request, before) => {
    const now = before === 0 ? all : all.slice(1);
    return { people: slice(now, (at(request, 'page') - 1) * 2), pages: before < 3 ? 3 : 2 };
  };
}

function leavingByOffset(all: string): (request: HttpRequest, before: number) => Answer {
  return (request, before) => ({ people: slice(before === 0 ? all : all.slice(1), at(request, 'from')) });
}

function moved(why: string): string {
  return `ListMoved: connection contract: the list people of api.example.org ${why}; nothing is concluded from it, the next pass reads it again`;
}

function said(words: string): string {
  return `VendorError: connection contract: api.example.org reported an error in place of data${words}; it is tried again later`;
}

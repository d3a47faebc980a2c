import type { Config } from '../../../src/connectors/talentlms/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import type { ContractSubject } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import type { VendorAnswer, VendorRequest } from '../../vendors/loopback.ts';
import { member, onRequest, portalSubject, portalTarget, startPortal } from './portal-subject.ts';

const subject: ContractSubject<Config> = {
  ...portalSubject,
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: Json | undefined;
        onPage(system, 1, (answer) => {
          first = member(answer.body as Json, '_data');
          return answer;
        });
        onPage(system, 2, (answer) => withMembers(answer, { _data: first ?? [] }));
      },
    },
    {
      name: 'another page than the one asked for',
      cause: (system) => onPage(system, 2, (answer) => withCounts(answer, { page: 1 })),
    },
    {
      name: 'paging goes in a circle',
      impossible: 'pages are asked for by number up to the total of the first; links are not followed',
    },
    { name: 'total does not add up', cause: (system) => everyPage(system, { total_items: 18 }) },
    { name: 'total is too small', cause: (system) => everyPage(system, { total_items: 9 }) },
    { name: 'more pages than the total fills', cause: (system) => everyPage(system, { total_pages: 9 }) },
    { name: 'total is missing', cause: (system) => everyPage(system, { total_items: null }) },
    {
      name: 'total changes on the way',
      cause: (system) => onPage(system, 2, (answer) => withCounts(answer, { total_items: 14 })),
    },
    {
      name: 'a page is short in the middle',
      cause: (system) => onPage(system, 2, (answer) => withMembers(answer, { _data: [] })),
    },
  ],
  target: {
    ...portalTarget,
    updates: [...portalTarget.updates, { name: 'a language with its region', set: { language: 'de-AT' } }],
    mostAtOnce: 220,
  },
  start: () => startPortal({ api: 'v2' }, { isPage, isWrite }),
};

describeConnectorContract(subject);

function isPage({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method === 'GET' && path === '/api/v2/users';
}

function isWrite({ method }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method !== 'GET';
}

function onPage(system: object, page: number, change: (answer: VendorAnswer) => VendorAnswer): void {
  onRequest(
    system,
    (request) => isPage(request) && request.query.get('page[number]') === String(page),
    change,
  );
}

function everyPage(system: object, counts: Readonly<Record<string, Json>>): void {
  for (const page of [1, 2, 3]) onPage(system, page, (answer) => withCounts(answer, counts));
}

function withCounts(answer: VendorAnswer, counts: Readonly<Record<string, Json>>): VendorAnswer {
  const pagination = member(member(answer.body as Json, '_meta') ?? null, 'pagination');
  return withMembers(answer, { _meta: { pagination: { ...(pagination as object), ...counts } } });
}

function withMembers(answer: VendorAnswer, members: Readonly<Record<string, Json>>): VendorAnswer {
  return { ...answer, body: { ...(answer.body as object), ...members } };
}

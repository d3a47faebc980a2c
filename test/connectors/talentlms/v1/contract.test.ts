import type { Config } from '../../../../src/connectors/talentlms/schema.ts';
import type { Json } from '../../../../src/model/value.ts';
import type { ContractSubject } from '../../../contract/subject.ts';
import { describeConnectorContract } from '../../../contract/suite.ts';
import type { VendorAnswer, VendorRequest } from '../../../vendors/loopback.ts';
import { onRequest, portalSubject, portalTarget, startPortal } from '../portal-subject.ts';

const subject: ContractSubject<Config> = {
  ...portalSubject,
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: unknown;
        onPage(system, 1, (answer) => {
          first = answer.body;
          return answer;
        });
        onPage(system, 2, (answer) => ({ ...answer, body: first }));
      },
    },
    {
      name: 'paging goes in a circle',
      cause: (system) => {
        let first: unknown;
        onPage(system, 1, (answer) => {
          first = answer.body;
          return answer;
        });
        // Instead of the empty page.
        onPage(system, 4, (answer) => ({ ...answer, body: first }));
      },
    },
    { name: 'total does not add up', cause: (system) => onTotal(system, '18') },
    // oxlint-disable-next-line unicorn/no-thenable -- the field of a doubt, never awaited
    { name: 'total counts only some', cause: (system) => onTotal(system, '9'), then: 'whole' },
    // oxlint-disable-next-line unicorn/no-thenable -- the field of a doubt, never awaited
    { name: 'total is missing', cause: (system) => onTotal(system, null), then: 'whole' },
    {
      name: 'a page is empty in the middle',
      cause: (system) => onPage(system, 2, (answer) => ({ ...answer, body: [] })),
    },
    {
      name: 'a page is short in the middle',
      cause: (system) => {
        // Without the total only the pages themselves can tell.
        onTotal(system, null);
        onPage(system, 2, (answer) => ({ ...answer, body: (answer.body as readonly Json[]).slice(1) }));
      },
    },
    {
      name: 'a page is no list',
      cause: (system) => onPage(system, 2, (answer) => ({ ...answer, body: { users: answer.body } })),
    },
  ],
  target: {
    ...portalTarget,
    abilities: { ...portalTarget.abilities, createDisabled: false },
    looks: ['enable', 'disable'],
    mostAtOnce: 16,
  },
  start: () => startPortal({ api: 'v1' }, { isPage, isWrite }),
};

describeConnectorContract(subject);

function isPage({ path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return path.startsWith('/api/v1/users/page_size:');
}

/** Some changes are made by GET. */
function isWrite({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method !== 'GET' || /\/(?:usersetstatus|addusertobranch|removeuserfrombranch)\//.test(path);
}

function onPage(system: object, page: number, change: (answer: VendorAnswer) => VendorAnswer): void {
  onRequest(system, (request) => isPage(request) && request.path.endsWith(`,page_number:${page}`), change);
}

function onTotal(system: object, total: string | null): void {
  onRequest(
    system,
    ({ path }) => path === '/api/v1/siteinfo',
    (answer) => ({ ...answer, body: { ...(answer.body as object), total_users: total } }),
  );
}

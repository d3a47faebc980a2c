import type { Json } from '../../../src/model/value.ts';
import type { ContractSystem, Doubt } from '../../contract/subject.ts';

/** Ways in which a list of SCIM that is paged by index can look whole although it is not. */
export function listDoubts(path: string, pageSize: number): readonly Doubt[] {
  return [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: unknown;
        changePages(system, path, (body, startIndex) => {
          if (startIndex === 1) first = body['Resources'];
          return startIndex === 1 + pageSize ? { ...body, Resources: first as Json } : body;
        });
      },
    },
    {
      name: 'paging goes in a circle',
      cause: (system) => {
        let first: Record<string, Json> | undefined;
        changePages(system, path, (body) => {
          first ??= { ...body, totalResults: 1_000_000 };
          return first;
        });
      },
    },
    {
      name: 'total does not add up',
      cause: (system) =>
        changePages(system, path, (body) => ({ ...body, totalResults: Number(body['totalResults']) + 1 })),
    },
    {
      name: 'total is smaller than the list',
      cause: (system) => changePages(system, path, (body) => ({ ...body, totalResults: 2 * pageSize })),
    },
    {
      name: 'total changes on the way',
      cause: (system) => {
        changePages(system, path, (body, startIndex) => ({
          ...body,
          totalResults: Number(body['totalResults']) + startIndex,
        }));
      },
    },
    {
      name: 'a page in the middle is empty',
      cause: (system) =>
        changePages(system, path, (body, startIndex) =>
          startIndex === 1 + pageSize ? { ...body, Resources: [] } : body,
        ),
    },
    {
      name: 'the list is an error with 200',
      cause: (system) => changePages(system, path, () => ({ detail: 'try again', status: '503' })),
    },
  ];
}

function changePages(
  system: ContractSystem,
  path: string,
  change: (body: Record<string, Json>, startIndex: number) => Record<string, Json>,
): void {
  system.server?.loopback.fail(
    (request) => request.method === 'GET' && request.path === path,
    {
      kind: 'change',
      change: (answer, request) => {
        const body = JSON.parse(String(answer.body)) as Record<string, Json>;
        return { ...answer, body: change(body, Number(request.query.get('startIndex'))) };
      },
    },
    { times: Number.POSITIVE_INFINITY },
  );
}

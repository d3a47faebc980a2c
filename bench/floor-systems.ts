import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { Agent, request } from 'undici';

/** Both systems as a bare program sees them: the same libraries, the same requests, no check and no memory. */
export type Person = Readonly<Record<string, string>>;
export type Account = Record<string, unknown> & { readonly id: string; readonly externalId?: string };

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const pageSize = 200;
/** As many requests at once as rosterd's client has by default. */
export const concurrency = 8;

/** What rosterd asks for with the specs of this benchmark. */
const attributes = `userName,active,addresses,${enterprise}:department,displayName,emails,externalId,name.familyName,name.givenName,title`;

export async function* readPeople(file: string): AsyncGenerator<Person> {
  for await (const person of createReadStream(file).pipe(parse({ columns: true }))) yield person as Person;
}

export function openTarget(url: string, token: string) {
  const agent = new Agent({ connections: concurrency, pipelining: 1 });
  const headers = { authorization: `Bearer ${token}`, accept: 'application/scim+json' };
  const send = async (method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown> => {
    const answer = await request(`${url}/${path}`, {
      dispatcher: agent,
      method,
      headers: { ...headers, 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
    });
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode}`);
    return await answer.body.json();
  };
  return {
    /** Pages in order, then the empty one behind a last page that is full. */
    async *pages(): AsyncGenerator<readonly Account[]> {
      for (let startIndex = 1; ; startIndex += pageSize) {
        const query = new URLSearchParams({
          attributes,
          startIndex: String(startIndex),
          count: String(pageSize),
        });
        const answer = await request(`${url}/Users?${query.toString()}`, { dispatcher: agent, headers });
        const page = (await answer.body.json()) as { readonly Resources: readonly Account[] };
        yield page.Resources;
        if (page.Resources.length < pageSize) return;
      }
    },
    create: (person: Person) => send('POST', 'Users', userOf(person)),
    moveTo: (id: string, department: string) =>
      send('PATCH', `Users/${id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: `${enterprise}:department`, value: department }],
      }),
    close: () => agent.close(),
  };
}

/** Takes the next item for every one that is done, with `concurrency` under way. */
export async function sideBySide<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const left = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
}

/** What is compared, of either side, as one text. */
export function comparedOf(person: Person): string {
  const {
    email = '',
    first_name = '',
    last_name = '',
    position = '',
    department = '',
    country = '',
  } = person;
  return [email, first_name, last_name, position, department, country].join('\n');
}

export function comparedOfAccount(account: Account): string {
  const name = account['name'] as { readonly givenName: string; readonly familyName: string };
  const { department = '' } = account[enterprise] as { readonly department?: string };
  const [address] = account['addresses'] as readonly { readonly country: string }[];
  const parts = [account['userName'], name.givenName, name.familyName, account['title'], department];
  return [...parts, address?.country].join('\n');
}

function userOf(person: Person): object {
  const { email = '', first_name = '', last_name = '' } = person;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    active: true,
    externalId: person['employee_number'],
    userName: email.toLowerCase(),
    emails: [{ value: email.toLowerCase(), type: 'work', primary: true }],
    name: { givenName: first_name, familyName: last_name },
    displayName: `${first_name} ${last_name}`,
    title: person['position'],
    addresses: [{ country: person['country'], type: 'work', primary: true }],
    [enterprise]: { department: person['department'] },
  };
}

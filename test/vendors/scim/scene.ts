import { request } from 'undici';
import type { Json } from '../../../src/model/value.ts';
import { coreUrn, customUrn, enterpriseUrn } from './attributes.ts';
import { startScim, type ScimServer } from './server.ts';

/** What a request of a test came to. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Record<string, Json>;
}

/** A server with Grace, who is not active, and Ada, whose manager she is. */
export interface Scene {
  readonly server: ScimServer;
  readonly ada: string;
  readonly grace: string;
  ask(method: string, path: string, body?: Json, headers?: object): Promise<Answer>;
}

const token = 'a-token';
const media = 'application/scim+json';

export async function setScene(): Promise<Scene> {
  const server = await startScim({ token });
  const grace = server.add({ schemas: [coreUrn], userName: 'grace@example.org', active: false });
  const ada = server.add({
    schemas: [coreUrn, enterpriseUrn, customUrn],
    userName: 'ada@example.org',
    externalId: 'E-1',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [
      { value: 'ada@example.org', type: 'work', primary: true },
      { value: 'ada@home.example', type: 'home' },
    ],
    [enterpriseUrn]: { department: 'Engines', manager: { value: grace } },
    [customUrn]: { floor: 3 },
  });
  return {
    server,
    ada,
    grace,
    ask: (method, path, body, headers) => ask(server.url, method, path, body, headers),
  };
}

/** A PATCH with these operations. */
export function patchOf(...operations: readonly Json[]): Json {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

async function ask(
  url: string,
  method: string,
  path: string,
  body?: Json,
  headers: object = {},
): Promise<Answer> {
  const answer = await request(`${url}/${path}`, {
    method: method as 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      accept: media,
      ...(body === undefined ? {} : { 'content-type': media }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, Json>),
  };
}

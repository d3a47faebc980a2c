import type { HttpResponse } from '../../../http/client.ts';
import type { Json } from '../../../model/value.ts';
import type { ConnectorContext } from '../../connector.ts';
import { isObject } from '../../json.ts';
import { refusals, type ToriiClient } from '../client.ts';
import { said } from '../refusals.ts';
import type { IntegrationConfig, ToriiConfig } from '../schema.ts';

/** The most that `POST /files/upload` takes: 3 MB, with room for what a form adds. */
const smallBytes = 3_000_000;

const type = 'customIntegrationData';

/** Hands a file over and says its id. By itself a file changes nothing, so that it may be sent twice. */
export async function uploadFile(
  client: ToriiClient,
  context: ConnectorContext<ToriiConfig>,
  text: string,
  signal: AbortSignal,
): Promise<number> {
  const bytes = Buffer.from(text);
  if (bytes.length > smallBytes) return await uploadLarge(client, context, text, signal);
  const file = { field: 'file', name: 'users.json', mediaType: 'application/json', bytes, besides: { type } };
  const request = { method: 'POST', path: 'files/upload', body: { file }, effect: 'repeatable' } as const;
  return idIn(client, (await client.request(200, request, signal)).body);
}

/** Starts to take the file over. A refusal is the caller's; 409 says that another file is on its way. */
export function startSync(
  client: ToriiClient,
  { account }: IntegrationConfig,
  idFile: number,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const json = { idFile, idAppAccount: account };
  const request = { method: 'PUT', path: 'services/sync/custom', body: { json } } as const;
  return client.request(200, { ...request, effect: 'repeatable', accept: refusals }, signal);
}

/** The place of the user that a refusal names: `users[3].email`, or `"users" at position 3` in older words. */
export function blamedIn(body: Json): number | undefined {
  const message = isObject(body) ? body['message'] : undefined;
  const found = typeof message === 'string' ? /users(?:\[|.{0,20}?at position )(\d+)/.exec(message) : null;
  return found === null ? undefined : Number(found[1]);
}

/** What the refusal says, without what it says of people. */
export function wordsOf(body: Json): string {
  return said(body, ['users', 'licenses', 'email', 'firstName', 'lastName', 'roles', 'lastUsedDate']);
}

/** Three steps, by the document: where it may be put, putting it there, telling Torii. */
async function uploadLarge(
  client: ToriiClient,
  context: ConnectorContext<ToriiConfig>,
  text: string,
  signal: AbortSignal,
): Promise<number> {
  const asked = await client.get(200, 'files/url', { name: 'users.json', type: 'application/json' }, signal);
  const { url, filePath } = (
    isObject(asked) && isObject(asked['uploadFileParameters']) ? asked['uploadFileParameters'] : {}
  ) as {
    readonly url?: Json;
    readonly filePath?: Json;
  };
  if (typeof url !== 'string' || typeof filePath !== 'string' || !URL.canParse(url))
    throw client.unexpected('without the address for a large file');
  await put(client, context, new URL(url), text, signal);
  const json = { path: filePath, type };
  const request = { method: 'POST', path: 'files', body: { json }, effect: 'repeatable' } as const;
  return idIn(client, (await client.request(200, request, signal)).body);
}

/** To the host that the config names and to no other: the file is about people. The address itself is the permission. */
async function put(
  client: ToriiClient,
  context: ConnectorContext<ToriiConfig>,
  url: URL,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const { uploadHost } = context.config.customIntegration ?? {};
  if (url.host !== uploadHost) {
    const way = `if that is its storage, write customIntegration.uploadHost: ${url.host} into config`;
    throw client.stalled(
      'UploadHostUnknown',
      `the file is larger than 3 MB, and Torii wants it at ${url.host}; ${way}`,
    );
  }
  const storage = context.http({ baseUrl: url.origin, auth: { kind: 'none' } });
  try {
    const body = { json: JSON.parse(text) as Json };
    const request = { method: 'PUT', path: url.href, template: '/(storage)', body, expect: 'none' } as const;
    await storage.request({ ...request, effect: 'repeatable' }, signal);
  } finally {
    await storage.close();
  }
}

function idIn(client: ToriiClient, body: Json): number {
  const id = isObject(body) ? body['id'] : undefined;
  if (typeof id !== 'number' || !Number.isSafeInteger(id))
    throw client.unexpected('without the id of the file');
  return id;
}

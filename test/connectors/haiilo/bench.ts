import { haiilo } from '../../../src/connectors/haiilo/connector.ts';
import { haiiloConfig } from '../../../src/connectors/haiilo/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Order, Result } from '../../../src/model/order.ts';
import type { Row } from '../../../src/model/row.ts';
import { testContext } from '../../contract/context.ts';
import { startAdvocacy, type Advocacy, type AdvocacyOptions } from '../../vendors/haiilo/advocacy.ts';
import { startIntranet, type Intranet, type IntranetOptions } from '../../vendors/haiilo/intranet.ts';

export const signal = new AbortController().signal;

/** A connection to a platform of its own. */
export interface Bench<Server> {
  readonly server: Server;
  readonly reader: ReturnType<typeof haiilo.openReader>;
  readonly read: (...attributes: readonly string[]) => Promise<readonly Row[]>;
  readonly carryOut: (...orders: readonly Partial<Order>[]) => Promise<readonly Result[]>;
}

interface Options<ServerOptions> {
  readonly server?: ServerOptions;
  readonly config?: object;
  readonly fields?: readonly AttributeSpec[];
}

const directory = { id: 'directory', secret: 'of-the-directory' };
const api = { id: 'api', secret: 'of-the-api', username: 'admin@example.com', password: 'pass word+1' };

export async function withIntranet(
  { server, config, fields }: Options<Partial<IntranetOptions>>,
  run: (bench: Bench<Intranet>) => Promise<void>,
): Promise<void> {
  const platform = await startIntranet({ directory, api, ...server });
  const secrets = {
    clientId: directory.id,
    clientSecret: directory.secret,
    apiClientId: api.id,
    apiClientSecret: api.secret,
    username: api.username,
    password: api.password,
  };
  await withPlatform(platform, { product: 'intranet', ...config }, secrets, fields, run);
}

export async function withAdvocacy(
  { server, config }: Options<Partial<AdvocacyOptions>>,
  run: (bench: Bench<Advocacy>) => Promise<void>,
): Promise<void> {
  const platform = await startAdvocacy({ token: 't', ...server });
  await withPlatform(platform, { product: 'advocacy', ...config }, { token: 't' }, undefined, run);
}

/** A sound config of Advocacy that accepts what deactivating does there. */
export const accepting = { deactivationDeletes: 'accepted', tokenOwner: 'owner@example.com' } as const;

async function withPlatform<Server extends Intranet | Advocacy>(
  server: Server,
  config: object,
  secrets: Readonly<Record<string, string>>,
  fields: readonly AttributeSpec[] | undefined,
  run: (bench: Bench<Server>) => Promise<void>,
): Promise<void> {
  const parsed = haiiloConfig.parse({ baseUrl: `${server.url}/`, pageSize: 2, ...config });
  const context = testContext({ config: parsed, secrets, ...(fields === undefined ? {} : { fields }) });
  const reader = haiilo.openReader(context);
  const writer = haiilo.openWriter?.(context);
  const carryOut = async (...orders: readonly Partial<Order>[]) => {
    const results: Result[] = [];
    for await (const result of writer?.apply(whole(orders), signal) ?? []) results.push(result);
    return results.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  };
  const read = async (...attributes: readonly string[]) => {
    const rows: Row[] = [];
    for await (const batch of reader.read({ attributes }, signal)) rows.push(...batch);
    return rows;
  };
  try {
    await run({ server, reader, read, carryOut });
  } finally {
    await writer?.close();
    await reader.close();
    await server.close();
  }
}

async function* whole(orders: readonly Partial<Order>[]): AsyncGenerator<Order> {
  for (const [index, order] of orders.entries()) {
    const base = { key: `k${String(index)}`, kind: 'create', personId: 'p', accountId: null } as const;
    yield { ...base, set: {}, identity: {}, scope: {}, ...order };
  }
}

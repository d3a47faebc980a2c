import { scim } from '../../../src/connectors/scim/connector.ts';
import { scimConfig } from '../../../src/connectors/scim/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Order, Result } from '../../../src/model/order.ts';
import type { Row } from '../../../src/model/row.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import { coreUrn, enterpriseUrn } from '../../vendors/scim/attributes.ts';
import type { ScimProfile } from '../../vendors/scim/profile.ts';
import { startScim, type ScimServer } from '../../vendors/scim/server.ts';

export const signal = new AbortController().signal;

/** A connection to a server of its own. */
export interface Bench {
  readonly server: ScimServer;
  readonly read: (attributes: readonly string[]) => Promise<readonly Row[]>;
  readonly carryOut: (...orders: readonly Partial<Order>[]) => Promise<readonly Result[]>;
  readonly reader: ReturnType<typeof scim.openReader>;
}

/** Starts a server, opens a connection on it, and closes both after the test. */
export async function withServer(
  options: {
    readonly profile?: ScimProfile;
    readonly config?: object;
    /** As `connection fields --save` wrote them. */
    readonly fields?: readonly AttributeSpec[];
  },
  run: (bench: Bench) => Promise<void>,
): Promise<void> {
  const server = await startScim({
    token: 't',
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  });
  const config = scimConfig.parse({ baseUrl: `${server.url}/`, pageSize: 2, ...options.config });
  const { fields } = options;
  const context = testContext({
    config,
    secrets: { token: 't' },
    ...(fields === undefined ? {} : { fields }),
  });
  const reader = scim.openReader(context);
  const writer = scim.openWriter?.(context);
  const carryOut = async (...orders: readonly Partial<Order>[]) => {
    const results: Result[] = [];
    for await (const result of writer?.apply(whole(orders), signal) ?? []) results.push(result);
    return results.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  };
  const read = async (attributes: readonly string[]) => {
    const rows: Row[] = [];
    for await (const batch of reader.read({ attributes }, signal)) rows.push(...batch);
    return rows;
  };
  try {
    await run({ server, reader, read, carryOut });
  } finally {
    await writer?.close();
    await reader.close();
    await server.stop();
  }
}

async function* whole(orders: readonly Partial<Order>[]): AsyncGenerator<Order> {
  for (const [index, order] of orders.entries()) {
    yield {
      key: `k${String(index)}`,
      kind: 'create',
      personId: 'p',
      accountId: null,
      set: {},
      identity: {},
      scope: {},
      ...order,
    };
  }
}

/** The body of a user. */
export const user = (name: string, more: Readonly<Record<string, Json>> = {}) => ({
  schemas: [coreUrn, enterpriseUrn],
  userName: `${name}@example.org`,
  ...more,
});

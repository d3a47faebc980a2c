import { talentlms } from '../../../../src/connectors/talentlms/connector.ts';
import { configSchema, type Config } from '../../../../src/connectors/talentlms/schema.ts';
import type { Reader } from '../../../../src/connectors/connector.ts';
import type { Entity } from '../../../../src/model/entity.ts';
import type { Order, Result } from '../../../../src/model/order.ts';
import type { Receipt, Row } from '../../../../src/model/row.ts';
import { fakeClock, memoryDetails, testContext } from '../../../contract/context.ts';
import { startTalentLms, type TalentLmsOptions } from '../../../vendors/talentlms/server.ts';
import type { TalentLms } from '../../../vendors/talentlms/state.ts';
import { never } from '../bench.ts';

export interface School {
  readonly portal: TalentLms;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly reader: Reader;
  read(
    attributes: readonly string[],
    scope?: Readonly<Record<string, string>>,
  ): Promise<{ readonly rows: readonly Row[]; readonly receipt: Receipt }>;
  apply(order: Partial<Order> & Pick<Order, 'kind'>): Promise<Result>;
  /** Paths asked for since the last call. */
  asked(): readonly string[];
  close(): Promise<void>;
}

/** Ada and Noor, two courses, and what the options say; the connector is opened for one entity on one API. */
export async function openSchool(
  api: Config['api'],
  entity: Entity,
  options: Partial<TalentLmsOptions> = {},
): Promise<School> {
  const clock = fakeClock();
  const portal = await startTalentLms({
    apiKey: 'invented-key',
    admin: false,
    now: () => clock.now(),
    users: [person('ada'), person('noor')],
    courses: [
      { name: 'Fire & safety', code: 'FS-1', category: 'Health', description: "What's hot" },
      { name: 'First aid', isActive: false },
    ],
    ...options,
  });
  const context = testContext<Config>({
    config: configSchema.parse({ baseUrl: portal.url, api }),
    secrets: { apiKey: 'invented-key' },
    entity,
    clock,
    details: memoryDetails(),
  });
  const reader = talentlms.openReader(context);
  const writer = talentlms.openWriter?.(context);
  let from = 0;
  return {
    portal,
    clock,
    reader,
    async read(attributes, scope = {}) {
      const reading = reader.read({ attributes, scope }, never);
      const rows: Row[] = [];
      for (;;) {
        const step = await reading.next();
        if (step.done === true) return { rows, receipt: step.value };
        rows.push(...step.value);
      }
    },
    async apply(order) {
      const plain = { key: 'k', personId: 'p', accountId: null, set: {}, identity: {}, scope: {}, ...order };
      for await (const result of writer?.apply(only(plain), never) ?? []) return result;
      throw new Error('an order has a result');
    },
    asked() {
      const paths = portal.requests(from).map(({ method, path, query }) => {
        const more = path.endsWith('/course-progress') ? `?${query}` : '';
        return `${method} ${path.replace(/^\/api\/v\d\//, '')}${more}`;
      });
      from = portal.loopback.log.length;
      return paths;
    },
    async close() {
      await reader.close();
      await writer?.close();
      await portal.close();
    },
  };
}

export function person(login: string) {
  return { login, name: 'Ada', surname: 'Okafor', email: `${login}@example.org` };
}

async function* only(order: Order): AsyncGenerator<Order> {
  yield await Promise.resolve(order);
}

import { talentlms } from '../../../src/connectors/talentlms/connector.ts';
import { configSchema, type Config } from '../../../src/connectors/talentlms/schema.ts';
import type { ConnectorContext } from '../../../src/connectors/connector.ts';
import type { Clock } from '../../../src/model/effects.ts';
import type { Details, Order, Result } from '../../../src/model/order.ts';
import type { Key, Receipt, Row, Want } from '../../../src/model/row.ts';
import { testContext } from '../../contract/context.ts';
import { startTalentLms, type TalentLmsOptions } from '../../vendors/talentlms/server.ts';
import type { SeedUser, TalentLms } from '../../vendors/talentlms/state.ts';

export const never = new AbortController().signal;
const apiKey = 'invented-key';

export interface Bench {
  readonly portal: TalentLms;
  readonly context: ConnectorContext<Config>;
  readonly read: (
    want: Partial<Want>,
  ) => Promise<{ readonly rows: readonly Row[]; readonly receipt: Receipt }>;
  readonly apply: (orders: readonly Order[]) => Promise<readonly Result[]>;
  /** Requests by kind, ids left out; since the start or since a length of the log. */
  readonly cost: (from?: number) => Readonly<Record<string, number>>;
}

/** A portal and the connector on it; both see the same clock. */
export async function openBench(
  options: Partial<TalentLmsOptions> & {
    readonly config?: Partial<Config>;
    readonly clock?: Clock;
    readonly details?: Details;
  } = {},
): Promise<Bench> {
  const { config, clock, details, ...rest } = options;
  const portal = await startTalentLms({
    apiKey,
    admin: false,
    ...(clock === undefined ? {} : { now: () => clock.now() }),
    ...rest,
  });
  const context = testContext<Config>({
    config: { ...configSchema.parse({ baseUrl: portal.url }), ...config },
    secrets: { apiKey },
    ...(clock === undefined ? {} : { clock }),
    ...(details === undefined ? {} : { details }),
  });
  return {
    portal,
    context,
    async read(want) {
      const reader = talentlms.openReader(context);
      try {
        const reading = reader.read({ attributes: ['login'], ...want }, never);
        const rows: Row[] = [];
        for (;;) {
          const step = await reading.next();
          if (step.done === true) return { rows, receipt: step.value };
          rows.push(...step.value);
        }
      } finally {
        await reader.close();
      }
    },
    async apply(orders) {
      const writer = talentlms.openWriter?.(context);
      if (writer === undefined) throw new Error('TalentLMS can be written to');
      const results: Result[] = [];
      for await (const result of writer.apply(stream(orders), never)) results.push(result);
      await writer.close();
      return results;
    },
    cost(from = 0) {
      const count: Record<string, number> = {};
      for (const { method, path } of portal.requests(from)) {
        const line = `${method} ${path
          .replace('/api/v2/', '')
          .replace(/\d+/, 'N')
          .replace(/task-.*/, 'N')}`;
        count[line] = (count[line] ?? 0) + 1;
      }
      return count;
    },
  };
}

/** Looks somebody up by a reader of its own. */
export async function find(
  of: Bench,
  keys: readonly Key[],
  want: Want = { attributes: ['login'] },
): Promise<readonly Row[]> {
  const reader = talentlms.openReader(of.context);
  try {
    return await reader.find(want, keys, never);
  } finally {
    await reader.close();
  }
}

/** Invented people, each with a number of their own. */
export function people(count: number): readonly SeedUser[] {
  return Array.from({ length: count }, (_, n) => ({
    login: `ada.okafor${n}`,
    name: 'Ada',
    surname: `Okafor${n}`,
    email: `ada.okafor${n}@example.org`,
    custom: { hris_id: `H-${n}` },
  }));
}

let keys = 0;

export function order(given: Partial<Order> & Pick<Order, 'kind'>): Order {
  keys += 1;
  return {
    key: `intent-${keys}`,
    personId: `person-${keys}`,
    accountId: null,
    set: {},
    identity: {},
    scope: {},
    ...given,
  };
}

async function* stream(orders: readonly Order[]): AsyncGenerator<Order> {
  for (const one of orders) yield one;
}

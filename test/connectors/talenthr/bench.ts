import { onTestFinished } from 'vitest';
import { talenthr } from '../../../src/connectors/talenthr/connector.ts';
import { configSchema, type Config } from '../../../src/connectors/talenthr/schema.ts';
import type { ConnectorContext, Reader } from '../../../src/connectors/connector.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Intent, Order, Resolution, Result } from '../../../src/model/order.ts';
import type { Key, Receipt, Row, Want } from '../../../src/model/row.ts';
import type { Json, Value } from '../../../src/model/value.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import type { VendorAnswer } from '../../vendors/loopback.ts';
import { startTalentHr, type TalentHrOptions } from '../../vendors/talenthr/server.ts';
import type { SeedEmployee, TalentHr } from '../../vendors/talenthr/state.ts';

export const never = new AbortController().signal;
const apiKey = 'invented-key';

export interface Bench {
  readonly company: TalentHr;
  readonly context: ConnectorContext<Config>;
  readonly clock: ReturnType<typeof fakeClock>;
  read(attributes: readonly string[], scope?: Want['scope']): Promise<{ rows: Row[]; receipt: Receipt }>;
  find(attributes: readonly string[], keys: readonly Key[]): Promise<readonly Row[]>;
  apply(...orders: readonly Order[]): Promise<readonly Result[]>;
  resolve(order: Order): Promise<Resolution>;
  /** Opens a reader for one use. */
  withReader<T>(use: (reader: Reader) => Promise<T>): Promise<T>;
  /** Requests by kind, ids left out, since a length of the log. */
  cost(from?: number): Readonly<Record<string, number>>;
}

/** A company and the connector on it, both on one clock that stands on 2026-11-20; ended with the test. */
export async function openBench(
  options: Partial<TalentHrOptions> & {
    readonly config?: Readonly<Record<string, unknown>>;
    readonly fields?: readonly AttributeSpec[];
  } = {},
): Promise<Bench> {
  const { config, fields, ...rest } = options;
  const clock = fakeClock();
  const company = await startTalentHr({ apiKey, now: () => clock.now(), ...rest });
  onTestFinished(() => company.close());
  const context = testContext<Config>({
    config: configSchema.parse({ baseUrl: company.url, ...config }),
    secrets: { apiKey },
    clock,
    ...(fields === undefined ? {} : { fields }),
  });
  const withReader: Bench['withReader'] = async (use) => {
    const reader = talenthr.openReader(context);
    try {
      return await use(reader);
    } finally {
      await reader.close();
    }
  };
  return {
    company,
    context,
    clock,
    withReader,
    read: (attributes, scope) =>
      withReader(async (reader) => {
        const reading = reader.read({ attributes, ...(scope === undefined ? {} : { scope }) }, never);
        const rows: Row[] = [];
        for (;;) {
          const step = await reading.next();
          if (step.done === true) return { rows, receipt: step.value };
          rows.push(...step.value);
        }
      }),
    find: (attributes, keys) => withReader((reader) => reader.find({ attributes }, keys, never)),
    resolve: (given) => withReader((reader) => reader.resolve(intentOf(given), never)),
    async apply(...orders) {
      const writer = talenthr.openWriter?.(context);
      if (writer === undefined) throw new Error('TalentHR can be written');
      const results: Result[] = [];
      try {
        for await (const result of writer.apply(stream(orders), never)) results.push(result);
      } finally {
        await writer.close();
      }
      return results;
    },
    cost(from = 0) {
      const counts: Record<string, number> = {};
      for (const { method, path } of company.requests(from)) {
        const kind = `${method} ${path.replace('/v1', '').replace(/\d+/, 'ID')}`;
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
      return counts;
    },
  };
}

/** An invented employee. */
export function ada(n: number, more: Partial<SeedEmployee> = {}): SeedEmployee {
  return { first_name: 'Ada', last_name: `Okafor ${n}`, email: `ada${n}@example.org`, ...more };
}

let keys = 0;

export function order(given: Partial<Order> & Pick<Order, 'kind'>): Order {
  keys += 1;
  return {
    key: `k${keys}`,
    personId: `p${keys}`,
    accountId: null,
    set: {},
    identity: {},
    scope: {},
    ...given,
  };
}

/** The hire of an invented person. */
export function noor(n: number, more: Readonly<Record<string, Value>> = {}): Order {
  const email = `noor${n}@example.org`;
  return order({
    kind: 'create',
    set: { first_name: 'Noor', last_name: 'Jansen', email, hire_date: '2025-02-03', ...more },
    identity: { email },
  });
}

async function* stream(orders: readonly Order[]): AsyncGenerator<Order> {
  yield* orders;
}

/** What an intent remembers besides its order is nothing to the connector. */
function intentOf(given: Order): Intent {
  return { ...given, situation: 'unmatched', applied: '', mapping: '', counts: [] };
}

/** The next request of this kind is answered so, whatever it asks. */
export function answerWith({ company }: Bench, method: string, path: string, body: Json, status = 200): void {
  const answer: VendorAnswer = { status, body };
  company.loopback.fail((request) => request.method === method && request.path === path, {
    kind: 'answer',
    answer,
  });
}

import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { ConnectorContext, Reader, Writer } from '../../src/connectors/connector.ts';
import { SyncError } from '../../src/model/error.ts';
import type { Intent, Order, Result } from '../../src/model/order.ts';
import type { Receipt, Row, Want } from '../../src/model/row.ts';
import type { Value } from '../../src/model/value.ts';
import { canary, type ContractSubject, type ContractSystem } from './subject.ts';

/** One case's system with its connector opened on it. */
export interface Bench {
  readonly context: ConnectorContext;
  readonly system: ContractSystem;
  readonly reader: Reader;
  readonly want: Want;
  /** Reads to the end: everybody and the receipt, or the error. Any other error than a `SyncError` fails the case. */
  read(want?: Want, signal?: AbortSignal): Promise<Whole | SyncError>;
  /** Carries out, and says what came of each; `gone` when the writer gave the connection up. */
  apply(orders: readonly Order[], signal?: AbortSignal): Promise<{ results: Result[]; gone?: SyncError }>;
  writer(): Writer;
  /** What a write that succeeded is called: a target whose files somebody else applies says only that it has them. */
  readonly success: 'applied' | 'delivered';
  /** An order of one kind, with a key of its own. */
  order(order: Partial<Order> & Pick<Order, 'kind'>): Order;
  /** Records an error, to be searched for credentials and people's values when the case ends. */
  note(error: unknown): void;
}

export interface Whole {
  readonly rows: readonly Row[];
  readonly receipt: Receipt;
}

const patience = new AbortController().signal;

/** Runs one case against a fresh system, and closes everything after it. */
export async function withSystem<Config>(
  subject: ContractSubject<Config>,
  run: (bench: Bench) => Promise<void>,
): Promise<void> {
  const { context, system } = await subject.start();
  const reader = subject.connector.openReader(context);
  let writer: Writer | undefined;
  let keys = 0;
  const noted: unknown[] = [];
  const want: Want = { attributes: subject.attributes };
  const open = () => {
    writer ??= subject.connector.openWriter?.(context);
    if (writer === undefined) throw new Error(`${subject.name} cannot write`);
    return writer;
  };
  try {
    await run({
      context,
      system,
      reader,
      want,
      writer: open,
      success: reader.shape.delivers ? 'delivered' : 'applied',
      note: (error) => noted.push(error),
      order: (order) => ({
        key: `intent-${String((keys += 1))}`,
        personId: `person-${String(keys)}`,
        accountId: null,
        set: {},
        identity: {},
        scope: {},
        ...order,
      }),
      read: async (asked = want, signal = patience) => {
        try {
          return await drain(reader.read(asked, signal));
        } catch (error) {
          noted.push(error);
          if (error instanceof SyncError) return error;
          throw error;
        }
      },
      apply: async (orders, signal = patience) => {
        const results: Result[] = [];
        try {
          for await (const result of open().apply(stream(orders), signal)) results.push(result);
          noted.push(results.map((result) => result.error));
          return { results };
        } catch (error) {
          noted.push(error);
          if (error instanceof SyncError) return { results, gone: error };
          throw error;
        }
      },
    });
  } finally {
    await writer?.close();
    await reader.close();
    await system.stop();
  }
  expectNothingPersonal(noted);
}

async function drain(reading: AsyncGenerator<readonly Row[], Receipt>): Promise<Whole> {
  const rows: Row[] = [];
  for (;;) {
    const step = await reading.next();
    if (step.done === true) return { rows, receipt: step.value };
    rows.push(...step.value);
  }
}

async function* stream(orders: readonly Order[]): AsyncGenerator<Order> {
  for (const order of orders) yield order;
}

function expectNothingPersonal(noted: readonly unknown[]): void {
  const text = noted.map((one) => inspect(one, { depth: 12, showHidden: false })).join('\n');
  expect(text.toLowerCase()).not.toContain(canary);
}

/** The ids of a whole reading, sorted. */
export function idsOf(outcome: Whole | SyncError): readonly string[] {
  if (outcome instanceof SyncError) throw new Error(`expected a whole reading, got: ${outcome.message}`);
  return outcome.rows.map((row) => row.id).toSorted();
}

/** What the connector reads of one account: values by attribute, and whether it can be used. */
export async function account(
  bench: Bench,
  id: string,
  attributes: readonly string[],
): Promise<
  { readonly active: boolean | undefined; readonly values: Record<string, Value | undefined> } | undefined
> {
  const whole = await bench.read({ attributes });
  if (whole instanceof SyncError) throw whole;
  const row = whole.rows.find((one) => one.id === id);
  if (row === undefined) return undefined;
  return {
    active: row.active,
    values: Object.fromEntries(attributes.map((name, index) => [name, row.values[index]])),
  };
}

/** An order as the store keeps it when its answer was lost: what the system never gives back is not in it. */
export function intentOf(bench: Bench, order: Order): Intent {
  const { attributes } = bench.reader.shape;
  const kept = Object.entries(order.set).filter(
    ([name]) => attributes.find((one) => one.name === name)?.writeOnly !== true,
  );
  return {
    ...order,
    set: Object.fromEntries(kept),
    situation: order.kind === 'create' ? 'unmatched' : 'linked',
    applied: '',
    mapping: '',
    counts: [],
  };
}

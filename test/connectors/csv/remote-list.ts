import { onTestFinished } from 'vitest';
import { csv } from '../../../src/connectors/csv/connector.ts';
import { csvConfig } from '../../../src/connectors/csv/schema.ts';
import type { ConnectorContext } from '../../../src/connectors/connector.ts';
import type { Clock } from '../../../src/model/effects.ts';
import type { Intent, Order, Resolution, Result } from '../../../src/model/order.ts';
import type { Receipt, Row } from '../../../src/model/row.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { SftpVendor, type SftpOptions } from '../../vendors/sftp/server.ts';
import { sftpConfig } from './places.ts';

const patience = new AbortController().signal;

export const remote = '/in/staff.csv';

export interface RemoteOptions extends SftpOptions {
  /** What is in the file to begin with; there is none where it is left out. */
  readonly content?: string | Buffer;
  /** More of `config.sftp`. */
  readonly sftp?: object;
  /** More of the config. */
  readonly table?: object;
  readonly files?: ConnectorContext['files'];
  /** Happens while a file is given time to settle. */
  readonly settling?: (server: SftpVendor) => void;
}

/** A list of people (`id`, `name`, `counts`) on a server of its own. */
export async function remoteList(options: RemoteOptions = {}) {
  const { content, sftp = {}, table = { write: { create: true, active: 'counts' } }, settling } = options;
  const server = await SftpVendor.start({ password: 'kanarie' }, options);
  onTestFinished(() => server.close());
  if (content !== undefined) server.disk.put(remote, content);
  const columns = { id: {}, name: {} };
  const place = 'file' in table ? {} : sftpConfig(server, remote, sftp);
  const config = csvConfig.parse({ id: 'id', columns, ...place, ...resolved(table, server) });
  const { files } = options;
  const context = testContext({
    config,
    secrets: { password: 'kanarie' },
    clock: settlingClock(() => settling?.(server)),
    ...(files === undefined ? {} : { files }),
  });
  const [reader, writer] = [csv.openReader(context), csv.openWriter?.(context)];
  if (writer === undefined) throw new Error('a list can be written');
  onTestFinished(async () => {
    await Promise.all([reader.close(), writer.close()]);
  });
  return {
    context,
    server,
    disk: server.disk,
    reader,
    text: () => server.disk.text(remote),
    /** Names in the folder of the list. */
    names: () => server.disk.list('/in').map(([name]) => name),
    read: () => readAll(reader),
    apply: async (orders: readonly Partial<Order>[], signal = patience): Promise<Result[]> => {
      const results: Result[] = [];
      for await (const result of writer.apply(stream(orders.map(orderOf)), signal)) results.push(result);
      return results;
    },
    resolve: async (order: Partial<Order>): Promise<Resolution['state']> =>
      (await reader.resolve(intentOf(order), patience)).state,
  };
}

/** A `deliver` of a test leads to the same server. */
function resolved(table: object, server: SftpVendor): object {
  const { write } = table as { readonly write?: { readonly deliver?: { readonly path: string } } };
  if (write?.deliver === undefined) return table;
  const { path, ...more } = write.deliver;
  return { ...table, write: { ...write, deliver: { ...more, ...sftpConfig(server, path) } } };
}

function settlingClock(settling: () => void): Clock {
  const clock = fakeClock();
  return {
    ...clock,
    sleep: (ms, signal) => {
      settling();
      return clock.sleep(ms, signal);
    },
  };
}

async function readAll(reader: {
  read: (
    want: { attributes: readonly string[] },
    signal: AbortSignal,
  ) => AsyncGenerator<readonly Row[], Receipt>;
}): Promise<{ readonly rows: readonly Row[]; readonly receipt: Receipt }> {
  const rows: Row[] = [];
  const reading = reader.read({ attributes: ['id', 'name'] }, patience);
  for (;;) {
    const step = await reading.next();
    if (step.done === true) return { rows, receipt: step.value };
    rows.push(...step.value);
  }
}

function orderOf(order: Partial<Order>, index: number): Order {
  const usual = { kind: 'update', personId: 'p', accountId: null, set: {}, identity: {}, scope: {} } as const;
  return { ...usual, key: `intent-${String(index)}`, ...order };
}

function intentOf(order: Partial<Order>): Intent {
  return { ...orderOf(order, 0), situation: 'linked', applied: '', mapping: '', counts: [] };
}

async function* stream(orders: readonly Order[]) {
  yield* orders;
}

import { SyncError } from '../../../model/error.ts';
import type { Order, Result } from '../../../model/order.ts';
import type { ConnectorContext, Writer } from '../../connector.ts';
import { failedWrite, rejected, type Failure } from '../../failed-write.ts';
import { inBatches } from '../../in-batches.ts';
import { ToriiClient } from '../client.ts';
import type { IntegrationConfig, ToriiConfig } from '../schema.ts';
import { accountOf, type AppFile } from './app-file.ts';
import { integrationOf } from './config.ts';
import { loadFile } from './load.ts';
import { Patience } from './patience.ts';
import { blamedIn, startSync, uploadFile, wordsOf } from './upload.ts';

/** How many orders share one file. */
const atMost = 1000;

/** A file that names user after user as wrong is given up. */
const mostBlamed = 20;

/**
 * Writes the users of one account. Orders are gathered and carried out on the account as it is at that moment; the file
 * of everybody is handed over, and looked for until Torii shows what it says. Nothing is sent on a list that is not whole.
 */
export class IntegrationWriter implements Writer {
  readonly #context: ConnectorContext<ToriiConfig>;
  readonly #config: IntegrationConfig;
  readonly #client: ToriiClient;

  constructor(context: ConnectorContext<ToriiConfig>) {
    this.#context = context;
    this.#config = integrationOf(context);
    this.#client = new ToriiClient(context);
  }

  async *apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    for await (const batch of inBatches(orders, atMost, signal)) yield* await this.#write(batch, signal);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #write(orders: readonly Order[], signal: AbortSignal): Promise<readonly Result[]> {
    const results = new Map<string, Result>();
    const say = (order: Order, failure: Failure) => results.set(order.key, { key: order.key, ...failure });
    const open = () => orders.filter(({ key }) => !results.has(key));
    let effect: 'read' | 'repeatable' = 'read';
    try {
      signal.throwIfAborted();
      const before = await loadFile(this.#client, this.#config, signal);
      const file = before.copy();
      for (const order of orders) {
        const carried = file.carryOut(order);
        if ('refusal' in carried) say(order, { outcome: 'rejected', error: carried.refusal });
      }
      const patience = new Patience(this.#context.clock, this.#config.waitSeconds);
      const starting = async (idFile: number) => {
        effect = 'repeatable';
        return await startSync(this.#client, this.#config, idFile, signal);
      };
      for (let blamed = 0; open().length > 0; blamed += 1) {
        const verdict = await this.#handOver(file, open(), patience, starting, signal);
        if (verdict === 'taken')
          return [...results.values(), ...(await this.#shown(open(), before, patience, signal))];
        if (verdict.order === undefined || blamed === mostBlamed) {
          for (const order of open()) say(order, verdict.failure);
          break;
        }
        say(verdict.order, verdict.failure);
        file.restore(accountOf(verdict.order), before);
      }
    } catch (error) {
      for (const order of open()) say(order, failedWrite(error, effect, signal));
    }
    return [...results.values()];
  }

  /** `taken`, or who is to blame and with what: without an order, everybody whose change is in the file. */
  async #handOver(
    file: AppFile,
    orders: readonly Order[],
    patience: Patience,
    start: (idFile: number) => ReturnType<typeof startSync>,
    signal: AbortSignal,
  ): Promise<'taken' | { readonly order?: Order; readonly failure: Failure }> {
    const idFile = await uploadFile(this.#client, this.#context, file.text(), signal);
    for (;;) {
      const { status, body } = await start(idFile);
      if (status < 300) return 'taken';
      if (status === 404) {
        const way = 'check config.customIntegration.account';
        return {
          failure: rejected('AppAccountUnknown', `Torii does not know the account (404); ${way}`, 'stalled'),
        };
      }
      if (status !== 409) return this.#blame(file, orders, status, body);
      if (await patience.pause(signal)) continue;
      const message = `Torii is still taking another file over (409); it is sent again later`;
      return { failure: { outcome: 'not-sent', error: { reason: 'SyncRunning', message, fate: 'waiting' } } };
    }
  }

  #blame(file: AppFile, orders: readonly Order[], status: number, body: Parameters<typeof wordsOf>[0]) {
    const place = blamedIn(body);
    const id = place === undefined ? undefined : file.at(place);
    const order = orders.find((one) => accountOf(one) === id);
    const words = `(${status})${wordsOf(body)}`;
    if (order !== undefined)
      return { order, failure: rejected('Refused', `Torii refused this user ${words}`) };
    if (id === undefined) return { failure: rejected('Refused', `Torii refused the file ${words}`) };
    const message = `Torii refused the file ${words} for a user of the account whom nothing is changed of; correct them in Torii`;
    return { failure: rejected('FileRefused', message, 'stalled') };
  }

  /** Looks until the list has everybody as ordered. Torii answers before it has taken a file over, and says no more. */
  async #shown(
    orders: readonly Order[],
    before: AppFile,
    patience: Patience,
    signal: AbortSignal,
  ): Promise<readonly Result[]> {
    const fresh = orders.filter((order) => !before.shows(order));
    let missing: readonly Order[] = orders;
    let failure: Failure | undefined;
    try {
      do {
        const now = await loadFile(this.#client, this.#config, signal);
        missing = orders.filter((order) => !now.shows(order));
      } while (missing.length > 0 && (await patience.pause(signal)));
    } catch (error) {
      failure = lookFailed(error, signal);
    }
    const isTaken = fresh.some((order) => !missing.includes(order));
    return orders.map((order): Result => {
      const { key, set } = order;
      if (!missing.includes(order))
        return { key, outcome: 'applied', accountId: accountOf(order), sent: set };
      return { key, ...(failure ?? (isTaken ? notTaken : stillRunning)) };
    });
  }
}

const notTaken = rejected(
  'NotTaken',
  'Torii has taken the file over and does not show this user as the file has them; compare the two in Torii',
);

const stillRunning: Failure = {
  outcome: 'unknown',
  error: {
    reason: 'SyncRunning',
    message: 'Torii has the file and shows nothing of it yet; the next pass looks again',
    fate: 'waiting',
  },
};

/** The file is there and may be taken over: whatever keeps us from looking, what became of it is not known. */
function lookFailed(error: unknown, signal: AbortSignal): Failure {
  const failure = failedWrite(error, 'repeatable', signal);
  return error instanceof SyncError ? { ...failure, outcome: 'unknown' } : failure;
}

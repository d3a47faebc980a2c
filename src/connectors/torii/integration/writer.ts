import type { HttpResponse } from '../../../http/client.ts';
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
    const answers = new Answers(orders);
    const patience = new Patience(this.#context.clock, this.#config.waitSeconds);
    let stage: 'looking' | 'sending' | 'sent' = 'looking';
    try {
      for (let blamed = 0; ;) {
        signal.throwIfAborted();
        const before = await loadFile(this.#client, this.#config, signal);
        // An earlier try may have been taken over meanwhile.
        if (stage !== 'looking') answers.take(before);
        const file = before.copy();
        for (const order of answers.open) {
          const carried = file.carryOut(order);
          if ('refusal' in carried) answers.fail([order], { outcome: 'rejected', error: carried.refusal });
        }
        if (answers.open.length === 0) break;
        const idFile = await uploadFile(this.#client, this.#context, file.text(), signal);
        stage = 'sending';
        const answer = await startSync(this.#client, this.#config, idFile, signal);
        // A refusal by 409 may be because of an earlier try of ours.
        if (answer.status < 300 || answer.status === 409) stage = 'sent';
        if (answer.status < 300) {
          await this.#look(answers, before, patience, signal);
          break;
        }
        if (answer.status === 409) {
          // Whoever sent the other file has changed the list: one made before would undo that, and is made anew.
          if (await patience.pause(signal)) continue;
          answers.fail(answers.open, otherRunning);
          break;
        }
        const { order, failure } = blame(file, answers.open, answer);
        answers.fail(order === undefined ? answers.open : [order], failure);
        if (order === undefined || (blamed += 1) === mostBlamed) answers.fail(answers.open, failure);
      }
    } catch (error) {
      const failure = failedWrite(error, stage === 'looking' ? 'read' : 'repeatable', signal);
      answers.fail(answers.open, stage === 'sent' ? { ...failure, outcome: 'unknown' } : failure);
    }
    return answers.results;
  }

  /** Looks until the list has everybody as ordered. Torii answers before it has taken a file over, and says no more. */
  async #look(answers: Answers, before: AppFile, patience: Patience, signal: AbortSignal): Promise<void> {
    const fresh = answers.open.filter((order) => !before.shows(order));
    do {
      answers.take(await loadFile(this.#client, this.#config, signal));
    } while (answers.open.length > 0 && (await patience.pause(signal)));
    const missing = new Set(answers.open);
    const isTaken = fresh.some((order) => !missing.has(order));
    answers.fail(answers.open, isTaken ? notTaken : stillRunning);
  }
}

/** What came of orders that share a file. */
class Answers {
  readonly #orders: readonly Order[];
  readonly #results = new Map<string, Result>();

  constructor(orders: readonly Order[]) {
    this.#orders = orders;
  }

  /** Those without an answer yet. */
  get open(): readonly Order[] {
    return this.#orders.filter(({ key }) => !this.#results.has(key));
  }

  get results(): readonly Result[] {
    return [...this.#results.values()];
  }

  /** Whoever the list shows as ordered is done. */
  take(list: AppFile): void {
    for (const order of this.open) {
      const { key, set } = order;
      if (list.shows(order))
        this.#results.set(key, { key, outcome: 'applied', accountId: accountOf(order), sent: set });
    }
  }

  fail(orders: readonly Order[], failure: Failure): void {
    for (const { key } of orders) this.#results.set(key, { key, ...failure });
  }
}

/** Whom a refused file is refused for; without an order, everybody whose change is in it. */
function blame(
  file: AppFile,
  orders: readonly Order[],
  { status, body }: HttpResponse,
): { readonly order?: Order; readonly failure: Failure } {
  if (status === 404) {
    const message = 'Torii does not know the account (404); check config.customIntegration.account';
    return { failure: rejected('AppAccountUnknown', message, 'stalled') };
  }
  const place = blamedIn(body);
  const id = place === undefined ? undefined : file.at(place);
  const order = orders.find((one) => accountOf(one) === id);
  const words = `(${status})${wordsOf(body)}`;
  if (order !== undefined) return { order, failure: rejected('Refused', `Torii refused this user ${words}`) };
  if (id === undefined) return { failure: rejected('Refused', `Torii refused the file ${words}`) };
  const message = `Torii refused the file ${words} for a user of the account whom nothing is changed of; correct them in Torii`;
  return { failure: rejected('FileRefused', message, 'stalled') };
}

const otherRunning: Failure = {
  outcome: 'not-sent',
  error: {
    reason: 'SyncRunning',
    message: 'Torii is still taking another file over (409); ours is made again later',
    fate: 'waiting',
  },
};

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

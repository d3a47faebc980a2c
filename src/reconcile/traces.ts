import type { Reading } from '../model/reading.ts';
import type { PersonRecord } from '../model/run.ts';
import type { Value } from '../model/value.ts';
import type { Done } from './applied.ts';
import type { PassDeps } from './deps.ts';
import { ofChange } from './people.ts';

const batchSize = 500;

/**
 * The traces of people whose change has ended, kept as they come: of 100,000 people never more than a batch is in
 * memory, and a crash loses only the last.
 */
export class Traces {
  readonly #run: string;
  readonly #people: Reading;
  readonly #deps: PassDeps;
  #waiting: PersonRecord[] = [];

  constructor(run: string, people: Reading, deps: PassDeps) {
    this.#run = run;
    this.#people = people;
    this.#deps = deps;
  }

  add({ change, outcome, error, accountId }: Done, sent: Readonly<Record<string, Value>> | null): void {
    const record = ofChange(change, outcome, change.reason, this.#people, this.#deps.clock.now());
    this.#waiting.push({ ...record, accountId, sent, error });
  }

  /** Writes full batches; all that is left when `everything`. */
  async flush(everything = false): Promise<void> {
    if (this.#waiting.length === 0 || (!everything && this.#waiting.length < batchSize)) return;
    const records = this.#waiting;
    this.#waiting = [];
    await this.#deps.store.recordPeople(this.#run, records);
  }
}

import { createHash } from 'node:crypto';
import { applySideBySide } from '../../http/side-by-side.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject, type JsonObject } from '../json.ts';
import { isRecent } from '../singly.ts';
import type { BambooClient, Change } from './client.ts';
import { employeeWith } from './photo.ts';
import type { Config } from './schema.ts';

/** Read and remembered together, so that a crash costs no more than these. */
const chunk = 100;

/** An employee of the list; without a record when BambooHR shows nobody under the id. */
export interface Employee {
  readonly id: string;
  readonly record: JsonObject | undefined;
}

/**
 * Employees read one by one and remembered under the moment of their last change, so that who did not change costs no
 * request. Fields with a history change when they take effect, which the list may not tell: each is read again after
 * `refreshDetails`.
 */
export class Employees {
  readonly #client: BambooClient;
  readonly #context: ConnectorContext<Config>;
  readonly #fields: readonly string[];
  /** Under other fields something else is remembered. */
  readonly #print: string;

  /** @param fields aliases, `id` among them */
  constructor(client: BambooClient, context: ConnectorContext<Config>, fields: readonly string[]) {
    this.#client = client;
    this.#context = context;
    this.#fields = [...new Set(fields)].toSorted();
    this.#print = createHash('sha256').update(this.#fields.join('\n')).digest('base64url').slice(0, 12);
  }

  /** Each of them, in no particular order. What was read before a request failed is remembered all the same. */
  async *all(changes: readonly Change[], signal: AbortSignal): AsyncGenerator<readonly Employee[]> {
    for (let at = 0; at < changes.length; at += chunk) {
      signal.throwIfAborted();
      yield await this.#some(changes.slice(at, at + chunk), signal);
    }
  }

  async #some(changes: readonly Change[], signal: AbortSignal): Promise<readonly Employee[]> {
    const asked = changes.map((one) => ({ id: one.id, version: this.#versionOf(one) }));
    const known = await this.#context.details.recall(asked);
    const found: Employee[] = [];
    const missing: Change[] = [];
    for (const change of changes) {
      const detail = known.get(change.id);
      const isFresh = detail !== undefined && isRecent(detail.readAt, this.#context);
      if (isFresh && isObject(detail.data)) found.push({ id: change.id, record: detail.data });
      else missing.push(change);
    }
    const read = new Map<Change, JsonObject>();
    try {
      const one = async (change: Change) => {
        const record = await employeeWith(this.#client, change.id, this.#fields, signal);
        if (record !== undefined) read.set(change, record);
        return { id: change.id, record };
      };
      for await (const employee of applySideBySide(missing, () => this.#client.room, one)) {
        found.push(employee);
      }
    } finally {
      await this.#remember(read);
    }
    return found;
  }

  async #remember(read: ReadonlyMap<Change, JsonObject>): Promise<void> {
    if (read.size === 0) return;
    const readAt = this.#context.clock.now();
    const items = [...read].map(([change, data]) => ({
      id: change.id,
      version: this.#versionOf(change),
      data,
      readAt,
    }));
    await this.#context.details.remember(items);
  }

  #versionOf({ lastChanged }: Change): string {
    return `${lastChanged} ${this.#print}`;
  }
}

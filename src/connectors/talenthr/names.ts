import type { Fault } from '../failed-write.ts';
import { idOf, isObject, type JsonObject } from '../json.ts';
import { Remembered } from '../remembered.ts';
import type { TalentHrClient } from './client.ts';
import type { SmallList } from './fields.ts';
import { isRefusal, wrong } from './refusals.ts';
import type { Config } from './schema.ts';

/** Ids behind the names of departments, divisions, locations, job titles and employment statuses; each list is read once. */
export class Names {
  readonly #client: TalentHrClient;
  readonly #creates: ReadonlySet<string>;
  readonly #lists: Remembered<SmallList, readonly JsonObject[]>;
  readonly #created = new Map<string, Promise<number | Fault>>();

  constructor(client: TalentHrClient, { createMissing }: Config) {
    this.#client = client;
    this.#creates = new Set<string>(createMissing);
    this.#lists = new Remembered((list, signal) => client.list(list, signal));
  }

  /** The id of the one entry with exactly this name, or why there is none: that is the person's error. */
  async idOf(list: SmallList, name: string, signal: AbortSignal): Promise<number | Fault> {
    const entries = await this.#lists.get(list, signal);
    const found = entries.filter((one) => nameOf(one) === name.trim());
    if (found.length > 1) {
      return wrong(
        'AmbiguousName',
        `TalentHR has this name more than once among its ${list}; rename one there`,
      );
    }
    const id = idOf(found[0]?.['id']);
    if (id !== undefined) return Number(id);
    if (this.#creates.has(list)) return await this.#create(list, name.trim(), signal);
    const near = entries.some((one) => nameOf(one)?.toLowerCase() === name.trim().toLowerCase());
    const hint = near ? ' (there is one that differs in its capitals)' : '';
    return wrong(
      'UnknownName',
      `TalentHR has no entry of this name among its ${list}${hint}; create it there, or correct the mapping`,
    );
  }

  /** Once for each name, however many people wait for it. */
  async #create(list: SmallList, name: string, signal: AbortSignal): Promise<number | Fault> {
    const key = `${list} ${name}`;
    const coming = this.#created.get(key) ?? this.#post(list, name, signal);
    this.#created.set(key, coming);
    try {
      return await coming;
    } catch (error) {
      // It may be there after all: the next one looks again.
      this.#created.delete(key);
      this.#lists.forget(list);
      throw error;
    }
  }

  async #post(list: SmallList, name: string, signal: AbortSignal): Promise<number | Fault> {
    const answer = await this.#client.write('POST', list, { name }, 'once', signal);
    const data = isObject(answer.body) ? answer.body['data'] : undefined;
    const id = isObject(data) ? idOf(data['id']) : undefined;
    if (isRefusal(answer)) {
      return wrong('NameRefused', `TalentHR did not create a new entry among its ${list}; create it there`);
    }
    if (id === undefined) throw this.#client.unexpected(`a new entry of ${list} without an id`);
    return Number(id);
  }
}

function nameOf({ name }: JsonObject): string | undefined {
  return typeof name === 'string' ? name.trim() : undefined;
}

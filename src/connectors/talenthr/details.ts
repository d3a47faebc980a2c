import { createHash } from 'node:crypto';
import { applySideBySide } from '../../http/side-by-side.ts';
import type { Detail } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { idOf, isObject, objectsIn, type JsonObject } from '../json.ts';
import type { TalentHrClient } from './client.ts';
import { customValue } from './custom.ts';
import { isCustom, type Field } from './fields.ts';
import type { Config } from './schema.ts';

/** What the directory lacks of one person, by attribute, as TalentHR has it. */
export interface EmployeeDetail {
  readonly raw: JsonObject;
  /** Attributes that this person's record does not have at all. */
  readonly without: readonly string[];
}

/** A person of the directory with the details known of them. */
export interface Listed {
  readonly item: JsonObject;
  readonly detail: EmployeeDetail | undefined;
  /** When `detail` was read (ms); absent details are the oldest. */
  readonly readAt: number;
  /** Further attributes that are remembered: another sync of this connection wants them. */
  readonly others: readonly string[];
  /** Set when the directory has the person and asking for them singly finds nobody. */
  readonly gone?: true;
}

/**
 * People read singly and remembered in the store. The directory gives no version and no date of change: what was read
 * counts as long as the person's row there is the same, and for the connection's refresh time at the most.
 */
export class EmployeeDetails {
  readonly #client: TalentHrClient;
  readonly #context: ConnectorContext<Config>;
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #wanted: readonly string[];

  constructor(
    client: TalentHrClient,
    context: ConnectorContext<Config>,
    fields: ReadonlyMap<string, Field>,
    wanted: readonly string[],
  ) {
    this.#client = client;
    this.#context = context;
    this.#fields = fields;
    this.#wanted = wanted;
  }

  /** What is remembered of these people, as they are in the directory now. */
  async recall(items: readonly JsonObject[]): Promise<readonly Listed[]> {
    const asked = items.flatMap((item) => {
      const id = idOf(item['id']);
      return id === undefined ? [] : [{ id, version }];
    });
    const known = await this.#context.details.recall(asked);
    return items.map((item) => {
      const kept = known.get(idOf(item['id']) ?? '');
      const remembered = kept === undefined ? undefined : rememberedIn(kept);
      const isSame = remembered !== undefined && remembered.print === fingerprint(item);
      const detail = isSame && this.#wanted.every((name) => holds(remembered, name)) ? remembered : undefined;
      const names = remembered === undefined ? [] : [...Object.keys(remembered.raw), ...remembered.without];
      const others = names.filter((name) => !this.#wanted.includes(name));
      return { item, detail, readAt: detail === undefined ? -1 : (kept?.readAt ?? -1), others };
    });
  }

  isFresh({ detail, readAt }: Listed): boolean {
    // One from the future was read under a clock that was wrong: it must not stay until then.
    const age = Math.abs(this.#context.clock.now() - readAt);
    return detail !== undefined && age < this.#context.refreshDetailsMs;
  }

  /** Reads the details of these people within the limit. What was read until a failure is remembered for the next pass. */
  async *refresh(people: readonly Listed[], signal: AbortSignal): AsyncGenerator<readonly Listed[]> {
    for (let done = 0; done < people.length; done += chunk) {
      const read = new Map<Listed, Listed>();
      const some = people.slice(done, done + chunk);
      try {
        const one = async (person: Listed) => [person, await this.#readOne(person, signal)] as const;
        for await (const [person, now] of applySideBySide(each(some), () => this.#client.room, one)) {
          read.set(person, now);
        }
      } finally {
        await this.#remember([...read.values()]);
      }
      yield some.map((person) => read.get(person) ?? person);
    }
  }

  /** One person's details, past what is remembered; `undefined` when the person is gone. */
  async read(
    id: string,
    signal: AbortSignal,
    others: readonly string[] = [],
  ): Promise<EmployeeDetail | undefined> {
    const names = [...this.#wanted, ...others];
    const record = names.some((name) => !isCustom(name))
      ? await this.#client.getOne(`employees/${id}`, signal)
      : {};
    const custom = names.some(isCustom)
      ? await this.#client.getOne(`employees/${id}/custom-fields`, signal)
      : [];
    if (record === undefined || custom === undefined) return undefined;
    const items = objectsIn(custom);
    if (!isObject(record) || items === undefined) throw this.#client.unexpected('a person without a record');
    if (record['id'] !== undefined && idOf(record['id']) !== id) {
      throw this.#client.unexpected('another person than the one asked for');
    }
    const raw: Record<string, Json> = {};
    const without: string[] = [];
    for (const name of names) {
      const key = this.#fields.get(name)?.record;
      const value = key === undefined ? customValue(items, name) : record[key];
      if (value === undefined) without.push(name);
      else raw[name] = value;
    }
    return { raw, without };
  }

  async #readOne(person: Listed, signal: AbortSignal): Promise<Listed> {
    const id = idOf(person.item['id']);
    if (id === undefined) return person;
    const detail = await this.read(id, signal, person.others);
    return detail === undefined
      ? { ...person, gone: true }
      : { ...person, detail, readAt: this.#context.clock.now() };
  }

  async #remember(people: readonly Listed[]): Promise<void> {
    const items = people.flatMap(({ item, detail, readAt, gone }) => {
      const id = idOf(item['id']);
      if (id === undefined || detail === undefined || gone === true) return [];
      return [{ id, version, data: { print: fingerprint(item), ...detail }, readAt }];
    });
    if (items.length > 0) await this.#context.details.remember(items);
  }
}

/** Read and remembered together, so that a failure costs no more than these. */
const chunk = 100;

/** The directory has no version: the row's fingerprint stands inside the sealed details instead. */
const version = 'directory';

function rememberedIn({ data }: Detail): (EmployeeDetail & { readonly print: Json }) | undefined {
  if (!isObject(data)) return undefined;
  const { print = null, raw, without } = data;
  if (!isObject(raw) || !Array.isArray(without)) return undefined;
  const names = (without as readonly Json[]).filter((one): one is string => typeof one === 'string');
  return { print, raw, without: names };
}

function holds({ raw, without }: EmployeeDetail, name: string): boolean {
  return name in raw || without.includes(name);
}

/** Everything that the directory shows of a person, but pictures, absences and the state of reviews. */
function fingerprint(item: JsonObject): string {
  const entries = Object.entries(item).filter(([key]) => !/photo|time_off|active_cycle/.test(key));
  const text = JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

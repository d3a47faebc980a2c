import type { AttributeSpec } from '../../../model/attribute.ts';
import type { Row } from '../../../model/row.ts';
import type { ConnectorContext } from '../../connector.ts';
import { idOf, textOf, type JsonObject } from '../../json.ts';
import type { Pictures } from '../pictures.ts';
import type { PersonioConfig } from '../schema.ts';
import { isListed, isOfSupervisor } from './attributes.ts';
import type { PersonioV2Client } from './client.ts';
import { Employments, type ListedPerson } from './employments.ts';
import { idsOf, isKind, Names, type Kind } from './names.ts';
import { persons } from './resources.ts';
import { columnOf, rowOf, supervisorOf, type Column } from './rows.ts';

/** Persons of the list made into rows of the attributes that one reading wants: only what these need is asked for. */
export class People {
  readonly #client: PersonioV2Client;
  readonly #timezone: string | undefined;
  readonly #columns: readonly Column[];
  readonly #employments: Employments | undefined;
  readonly #names: Names;
  /** What is named by its id, and to be told by its name. */
  readonly #named: readonly Kind[];
  /** Persons by id who may be somebody's supervisor; left out where nobody asks. */
  readonly #supervisors: Map<string, JsonObject> | undefined;
  readonly #pictures: { readonly of: Pictures; readonly columns: readonly number[] };

  constructor(
    client: PersonioV2Client,
    context: ConnectorContext<PersonioConfig>,
    specs: readonly AttributeSpec[],
    pictures: Pictures,
  ) {
    const names = specs.map(({ name }) => name);
    this.#client = client;
    this.#timezone = context.config.timezone;
    this.#columns = specs.map(columnOf);
    this.#employments = names.every(isListed) ? undefined : new Employments(client, context, names);
    this.#names = new Names(client);
    this.#named = [...new Set(names.filter((name) => name.endsWith('.name')).map(firstPart))].filter(isKind);
    this.#supervisors = names.some(isOfSupervisor) ? new Map() : undefined;
    this.#pictures = {
      of: pictures,
      columns: specs.flatMap(({ type }, at) => (type === 'picture' ? [at] : [])),
    };
  }

  /** A page of the list: those of whom all is known, and those who have to wait for its end. */
  async recall(
    items: readonly JsonObject[],
  ): Promise<{ readonly ready: readonly ListedPerson[]; readonly waiting: readonly ListedPerson[] }> {
    const employments = this.#employments;
    if (employments === undefined) return { ready: items.map(plain), waiting: [] };
    const people = await employments.recall(items);
    if (this.#supervisors !== undefined) {
      for (const item of items) this.#supervisors.set(idOf(item['id']) ?? '', item);
      return { ready: [], waiting: people };
    }
    const ready = people.filter((one) => employments.isFresh(one));
    return { ready, waiting: people.filter((one) => !ready.includes(one)) };
  }

  /** Everybody who waited: those of whom all is known by now, and the others as they are read. */
  async *rest(
    waiting: readonly ListedPerson[],
    signal: AbortSignal,
  ): AsyncGenerator<readonly ListedPerson[]> {
    const employments = this.#employments;
    if (employments === undefined) return;
    const fresh = waiting.filter((one) => employments.isFresh(one));
    if (fresh.length > 0) yield fresh;
    yield* employments.refresh(
      waiting.filter((one) => !employments.isFresh(one)),
      signal,
    );
  }

  /**
   * These persons past what is remembered of them, which they replace: what made somebody look is perhaps not to be seen
   * in the list.
   */
  async now(items: readonly JsonObject[], signal: AbortSignal): Promise<readonly ListedPerson[]> {
    const employments = this.#employments;
    if (employments === undefined) return items.map(plain);
    const people: ListedPerson[] = [];
    for await (const some of employments.refresh(await employments.recall(items), signal))
      people.push(...some);
    for (const { detail } of people) await this.#learnSupervisor(supervisorOf(detail?.employed), signal);
    return people;
  }

  async rows(people: readonly ListedPerson[], signal: AbortSignal): Promise<readonly Row[]> {
    for (const kind of this.#named) {
      const ids = people.flatMap(({ detail }) => {
        const employed = detail?.employed;
        return employed === undefined || employed === null ? [] : (idsOf(kind, employed.current) ?? []);
      });
      await this.#names.learn(kind, ids, signal);
    }
    const besides = {
      names: this.#names,
      supervisors: this.#supervisors ?? new Map<string, JsonObject>(),
      timezone: this.#timezone,
    };
    const rows = people.map((person) => rowOf(person, this.#columns, besides));
    const { of, columns } = this.#pictures;
    if (columns.length === 0) return rows;
    const listed = rows.map((row, at) => ({ row, version: textOf(people[at]?.item['updated_at']) ?? '' }));
    return await of.inPlaceOfAddresses(listed, columns, signal);
  }

  async #learnSupervisor(id: string | null | undefined, signal: AbortSignal): Promise<void> {
    if (this.#supervisors === undefined || id === undefined || id === null || this.#supervisors.has(id))
      return;
    const person = await this.#client.one(persons, id, {}, signal);
    if (person !== undefined) this.#supervisors.set(id, person);
  }
}

function plain(item: JsonObject): ListedPerson {
  return { item, detail: undefined, readAt: -1, stored: undefined };
}

function firstPart(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

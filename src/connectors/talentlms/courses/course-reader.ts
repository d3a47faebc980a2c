import { isoInstant } from '../../../model/effects.ts';
import type { Resolution } from '../../../model/order.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import { sameValue, type Value } from '../../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { idOf, isObject, textOf, type JsonObject } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import { whyEmpty } from '../why-empty.ts';
import { courseAttributes, courseShape } from './attributes.ts';
import type { CourseList } from './course-list.ts';
import { probeList, readWhole } from './whole-list.ts';

type Column = (course: JsonObject, categories: ReadonlyMap<string, string>) => Value | undefined;

/** Reads the courses of a portal, so that enrolments of two systems can be joined by them. */
export class CourseReader implements Reader {
  readonly shape = courseShape;
  readonly #client: TalentLmsClient;
  readonly #clock: ConnectorContext['clock'];
  readonly #list: CourseList;

  constructor(client: TalentLmsClient, { clock }: Pick<ConnectorContext, 'clock'>, list: CourseList) {
    this.#client = client;
    this.#clock = clock;
    this.#list = list;
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#clock.now());
    const toRow = await this.#toRow(want.attributes, signal);
    return yield* readWhole(this.#list.all(signal), toRow, asOf, signal);
  }

  /** Courses are few: all are read. */
  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const names = keys.map((key) => key.attribute);
    const toRow = await this.#toRow([...want.attributes, ...names], signal);
    const found: Row[] = [];
    for await (const page of this.#list.all(signal)) {
      for (const { values, ...row } of page.map(toRow)) {
        const held = values.slice(want.attributes.length);
        if (!keys.some((key, at) => sameValue(held[at], key.value))) continue;
        found.push({ ...row, values: values.slice(0, want.attributes.length) });
      }
    }
    return found;
  }

  /** No course is ever written. */
  resolve(): Promise<Resolution> {
    return Promise.resolve({ state: 'not-done' });
  }

  /** Each portal has a host of its own. */
  account(): Promise<string> {
    return Promise.resolve(this.#client.host);
  }

  whyEmpty(attribute: string): string {
    return whyEmpty(attribute);
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probeList(this.#client, courseAttributes, () => this.#list.cost(signal));
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Names of categories cost a request, and only where they are wanted. */
  async #toRow(names: readonly string[], signal: AbortSignal): Promise<(course: JsonObject) => Row> {
    const wanted = names.map((name) => {
      const column = columns[name];
      if (column !== undefined) return column;
      const known = courseAttributes.map((one) => one.name).join(', ');
      throw this.#client.stalled(
        'UnknownAttribute',
        `courses of TalentLMS have no attribute "${name}"; they have ${known}`,
      );
    });
    const categories = names.includes('category')
      ? await this.#list.categories(signal)
      : new Map<string, string>();
    return (course) => {
      const id = idOf(course['id']);
      const values = wanted.map((column) => column(course, categories));
      const row = { id: id ?? '', active: statusOf(course) !== 'inactive', values };
      return id === undefined ? { ...row, fault: 'TalentLMS gave no id' } : row;
    };
  }
}

const columns: Readonly<Record<string, Column>> = {
  id: (course) => idOf(course['id']),
  name: (course) => textOf(course['name']),
  code: (course) => emptyAsNull(textOf(course['code'])),
  category: ({ category_id: id, category }, categories) =>
    emptyAsNull(categories.get(idOf(id) ?? '') ?? textOf(category)) ?? null,
  description: ({ description }) =>
    emptyAsNull(textOf(isObject(description) ? (description['text'] ?? null) : description)),
  status: statusOf,
};

/** A word in the list of v1, a flag where courses are made in v2. */
function statusOf({ status, is_active: flag }: JsonObject): string | null | undefined {
  if (typeof flag === 'boolean') return flag ? 'active' : 'inactive';
  return textOf(status);
}

function emptyAsNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}

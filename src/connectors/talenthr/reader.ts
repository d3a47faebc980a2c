import type { AttributeSpec } from '../../model/attribute.ts';
import { isoInstant } from '../../model/effects.ts';
import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue } from '../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { idOf, type JsonObject } from '../json.ts';
import { TalentHrClient } from './client.ts';
import { EmployeeDetails, type ListedEmployee } from './details.ts';
import { readDirectory, wholeDirectory } from './directory.ts';
import { fieldsOf, isCustom, needsDetail, type Field } from './fields.ts';
import { Languages } from './languages.ts';
import { probeCompany, whyEmpty } from './probe.ts';
import { resolveIntent } from './resolve.ts';
import { columnOf, rowOf, type Column, type Reading } from './rows.ts';
import type { Config } from './schema.ts';
import { canonicalValue, shapeOf } from './shape.ts';
import { todayIn } from './today.ts';

type Named = { readonly name: string; readonly column: Column };

/** Reads the people of one company: the directory, and single records where they are needed. */
export class TalentHrReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<Config>;
  readonly #client: TalentHrClient;
  readonly #fields: ReadonlyMap<string, Field>;

  constructor(context: ConnectorContext<Config>) {
    this.#context = context;
    this.#client = new TalentHrClient(context);
    this.#fields = fieldsOf(context.config);
    this.shape = shapeOf(context.config, context.fields);
  }

  /** The whole directory first; people whose details are missing or old are read singly when it is known to be whole. */
  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#context.clock.now());
    const { columns, details, reading } = await this.#open(want, want.attributes, signal);
    const missing = new CustomWanted(want.attributes);
    const ids = new Set<string>();
    const waiting: ListedEmployee[] = [];
    let [pages, records] = [0, 0];
    for (const filter of this.#lists()) {
      const list = readDirectory(this.#client, filter, signal);
      let page = await list.next();
      for (; page.done !== true; page = await list.next()) {
        // Whoever a filter shows may be in the plain directory too.
        const items = page.value.filter((item) => isNew(item, ids));
        records += items.length;
        const people = details === undefined ? items.map(plain) : await details.recall(items);
        const ready = details === undefined ? people : people.filter((one) => details.isFresh(one));
        if (details !== undefined) waiting.push(...people.filter((one) => !details.isFresh(one)));
        missing.see(ready);
        if (ready.length > 0) yield ready.map((person) => rowOf(person, columns, reading));
      }
      pages += page.value.pages;
    }
    if (details !== undefined) {
      for await (const people of details.refresh(waiting, signal)) {
        missing.see(people);
        yield people.map((person) => rowOf(person, columns, reading));
      }
    }
    // Called off after the last row, but before anybody may believe that it was the last.
    signal.throwIfAborted();
    missing.check(this.#client);
    return { pages, records, total: records, end: 'total reached', asOf };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const wanted = want.attributes.length;
    const all = [...want.attributes, ...keys.map((key) => key.attribute)];
    const isMatch = (values: Row['values']) =>
      keys.some(({ attribute, value }, index) => {
        const theirs = canonicalValue(attribute, values[wanted + index]);
        return theirs !== null && sameValue(theirs, canonicalValue(attribute, value));
      });
    const withoutKeys = (row: Row): Row => ({ ...row, values: row.values.slice(0, wanted) });
    if (keys.some(({ attribute }) => needsDetail(attribute, this.#fields))) {
      const found: Row[] = [];
      for await (const rows of this.read({ attributes: all }, signal)) {
        found.push(...rows.filter((row) => isMatch(row.values)).map(withoutKeys));
      }
      return found;
    }
    const { columns, details, reading } = await this.#open(want, all, signal);
    const found = new Map<string, Row>();
    for (const filter of this.#lists()) {
      for (const item of await wholeDirectory(this.#client, filter, signal)) {
        const id = idOf(item['id']);
        if (id === undefined || found.has(id)) continue;
        if (!isMatch(rowOf({ item, detail: undefined }, columns, reading).values)) continue;
        const detail = await details?.readNow(id, signal);
        // Gone between the two looks.
        if (details !== undefined && detail === undefined) continue;
        found.set(id, withoutKeys(rowOf({ item, detail }, columns, reading)));
      }
    }
    return [...found.values()];
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    return resolveIntent(this, intent, signal);
  }

  whyEmpty(attribute: string): string | undefined {
    return whyEmpty(attribute, this.#fields);
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probeCompany(this.#client, this.#fields, signal);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** The plain directory, then those of its filters that the config names. */
  #lists(): readonly (string | undefined)[] {
    return [undefined, ...this.#context.config.directoryFilters.map(String)];
  }

  async #open(
    want: Want,
    all: readonly string[],
    signal: AbortSignal,
  ): Promise<{ columns: readonly Named[]; details: EmployeeDetails | undefined; reading: Reading }> {
    const [scope] = Object.keys(want.scope ?? {});
    if (scope !== undefined) {
      throw this.#client.stalled('UnknownScope', `TalentHR has no scope "${scope}"; take it out of the sync`);
    }
    const saved = new Map((this.#context.fields ?? []).map((one) => [one.name, one]));
    const columns = all.map((name) => ({ name, column: this.#column(name, saved) }));
    const lacking = [...new Set(all.filter((name) => needsDetail(name, this.#fields)))];
    const details =
      lacking.length === 0
        ? undefined
        : new EmployeeDetails(this.#client, this.#context, this.#fields, lacking);
    const languages = all.includes('language') ? await Languages.read(this.#client, signal) : undefined;
    const today = todayIn(this.#context);
    return { columns, details, reading: { today, languages } };
  }

  #column(name: string, saved: ReadonlyMap<string, AttributeSpec>): Column {
    const field = this.#fields.get(name);
    if (field === undefined && !isCustom(name)) {
      throw this.#client.stalled(
        'UnknownAttribute',
        `TalentHR has no attribute "${name}"; custom fields are written custom.<name>`,
      );
    }
    return columnOf(name, field, saved.get(name));
  }
}

/** Custom fields that are wanted and that nobody's list has: renamed, removed, or not to be seen with this key. */
class CustomWanted {
  readonly #missing: Set<string>;
  #people = 0;

  constructor(attributes: readonly string[]) {
    this.#missing = new Set(attributes.filter(isCustom));
  }

  see(people: readonly ListedEmployee[]): void {
    this.#people += people.length;
    for (const { detail } of people) {
      if (this.#missing.size === 0) return;
      for (const name of this.#missing)
        if (detail !== undefined && name in detail.raw) this.#missing.delete(name);
    }
  }

  check(client: TalentHrClient): void {
    const [name] = this.#missing;
    if (name === undefined || this.#people === 0) return;
    throw client.stalled(
      'UnknownField',
      `TalentHR shows no custom field "${name.slice('custom.'.length)}" for anybody; create it, let the API key see it, ` +
        'or correct the name (names and slugs are compared exactly)',
    );
  }
}

function isNew(item: JsonObject, ids: Set<string>): boolean {
  const id = idOf(item['id']);
  if (id === undefined) return true;
  if (ids.has(id)) return false;
  ids.add(id);
  return true;
}

function plain(item: JsonObject): ListedEmployee {
  return { item, detail: undefined, readAt: -1, stored: undefined };
}

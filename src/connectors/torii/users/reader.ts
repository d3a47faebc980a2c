import type { AttributeSpec } from '../../../model/attribute.ts';
import { isoInstant } from '../../../model/effects.ts';
import type { Intent, Resolution } from '../../../model/order.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import { sameValue } from '../../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { findEach } from '../../find-by-reading.ts';
import { idOf, type JsonObject } from '../../json.ts';
import { trimmedLower } from '../../text-forms.ts';
import { ToriiClient } from '../client.ts';
import { everyUser, type List } from '../listing.ts';
import type { ToriiConfig } from '../schema.ts';
import { refuseScope } from '../scope.ts';
import { taking, valuesOf, type Column } from '../values.ts';
import { isCustom, personAttributes } from './fields.ts';
import { fieldsOf, probePeople } from './probe.ts';

/** Reads the people of the organisation (`GET /users`), with the fields that Torii has of them. */
export class PeopleReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<ToriiConfig>;
  readonly #client: ToriiClient;
  readonly #known: Map<string, AttributeSpec>;

  constructor(context: ConnectorContext<ToriiConfig>) {
    const saved = (context.fields ?? []).filter(({ name }) => isCustom(name));
    this.#context = context;
    this.#client = new ToriiClient(context);
    this.#known = new Map([...personAttributes, ...saved].map((spec) => [spec.name, spec]));
    this.shape = {
      system: 'Torii',
      abilities: { create: false, update: true, enable: true, disable: true, delete: false },
      attributes: [...this.#known.values()],
      canonical: (attribute) => (attribute === 'email' ? trimmedLower : undefined),
      delivers: false,
    };
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    refuseScope(want, this.#client);
    return yield* this.#list(want.attributes, {}, signal);
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    refuseScope(want, this.#client);
    return await findEach(this, want, keys, (key) => this.#lookUp(want, key, signal), signal);
  }

  looksUp(attribute: string): boolean {
    return attribute === 'id' || attribute === 'email';
  }

  async resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    const accountId = intent.accountId ?? '';
    const wanted = intent.set['lifecycleStatus'];
    const key = { attribute: 'id', value: accountId };
    const [row] = await this.find({ attributes: ['lifecycleStatus'] }, [key], signal);
    const isDone =
      wanted === undefined ? row?.active === (intent.kind === 'enable') : row?.values[0] === wanted;
    return row !== undefined && isDone ? { state: 'done', accountId } : { state: 'not-done' };
  }

  account(signal: AbortSignal): Promise<string> {
    return this.#client.organisation(signal);
  }

  whyEmpty(attribute: string): string | undefined {
    if (!isCustom(attribute)) return undefined;
    return 'the field was likely deleted in Torii, or the source that fills it does not know it any more';
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probePeople(this.#client, this.#context, signal);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #lookUp(want: Want, { attribute, value }: Key, signal: AbortSignal): Promise<readonly Row[]> {
    const filter = filterOf(attribute, String(value));
    const form = this.shape.canonical(attribute) ?? ((same) => same);
    const found: Row[] = [];
    if (filter === undefined) return found;
    for await (const batch of this.#list([...want.attributes, attribute], filter, signal)) {
      for (const row of batch) {
        const theirs = row.values.at(-1);
        if (theirs === undefined || !sameValue(form(theirs), form(value))) continue;
        found.push({ ...row, values: row.values.slice(0, -1) });
      }
    }
    return found;
  }

  async *#list(
    attributes: readonly string[],
    filter: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#context.clock.now());
    const columns = await this.#columns(attributes, signal);
    const fields = columns.map(({ spec }) => keyOf(spec)).filter((key) => key !== 'id');
    const query = {
      view: this.#context.config.users.view,
      fields: [...new Set(['lifecycleStatus', ...fields])].join(','),
      ...filter,
    };
    const list: List = { path: 'users', query, perMinute: 100, keyOf: (item) => idOf(item['id']) ?? '' };
    const walk = everyUser(this.#client, list, signal);
    for (let step = await walk.next(); ; step = await walk.next()) {
      if (step.done === true) {
        const { pages, total } = step.value;
        return { pages, records: total, total, end: 'total reached, no further cursor', asOf };
      }
      yield step.value.map((item) => rowOf(item, columns));
    }
  }

  /** Fields that are not saved are asked for by the name that Torii shows. */
  async #columns(attributes: readonly string[], signal: AbortSignal): Promise<readonly Column[]> {
    if (attributes.some((name) => isCustom(name) && !this.#known.has(name))) {
      for (const spec of await fieldsOf(this.#client, signal))
        if (!this.#known.has(spec.name)) this.#known.set(spec.name, spec);
    }
    return attributes.map((name) => {
      const spec = this.#known.get(name);
      if (spec !== undefined) return taking(spec, keyOf(spec));
      const way = 'correct the name (`connection fields` lists them), or add the field in Torii';
      throw this.#client.stalled('AttributeUnknown', `Torii shows no attribute "${name}"; ${way}`);
    });
  }
}

function rowOf(item: JsonObject, columns: readonly Column[]): Row {
  const { lifecycleStatus } = item;
  const active = lifecycleStatus !== 'offboarding' && lifecycleStatus !== 'offboarded';
  return { id: idOf(item['id']) ?? '', active, ...valuesOf(item, columns) };
}

function keyOf(spec: AttributeSpec): string {
  return spec.key ?? spec.name;
}

/** What the list is asked with; `undefined` for an id that Torii never gives, which nobody has. */
/** `undefined` for an id that nobody can have. */
function filterOf(attribute: string, value: string): Readonly<Record<string, string>> | undefined {
  if (attribute !== 'id') return { email: value };
  return /^\d{1,15}$/.test(value) ? { idUsers: value } : undefined;
}

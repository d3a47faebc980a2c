import type { AttributeSpec } from '../../model/attribute.ts';
import { isoInstant } from '../../model/effects.ts';
import { Stalled } from '../../model/error.ts';
import type { Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue } from '../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { findByReading } from '../find-by-reading.ts';
import { MergeClient } from './client.ts';
import { columnOf } from './columns.ts';
import { customAttributes } from './custom.ts';
import { decoderOf, type Decode } from './decode.ts';
import { Departed } from './departed.ts';
import { everyPage, type Listing } from './pages.ts';
import { missingOf, whyEmpty } from './probe.ts';
import { lookedUpBy, queryOf, type Query } from './query.ts';
import { attributesOf, type Config } from './schema.ts';
import { standingOf, wholeCopy } from './standing.ts';

/** One question: what is asked of Merge for it, and how a record becomes a row. */
interface Plan {
  /** Common models that the answer is made of. */
  readonly models: readonly string[];
  readonly query: Query;
  readonly decode: Decode;
  readonly asOf: string;
}

/** Reads employees of one linked account from Merge's copy of its HR system. */
export class MergeReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<Config>;
  readonly #client: MergeClient;
  readonly #known: Map<string, AttributeSpec>;

  constructor(context: ConnectorContext<Config>) {
    const custom = (context.fields ?? []).filter(({ name }) => name.startsWith('custom.'));
    const attributes = [...attributesOf(context.config), ...custom];
    this.#context = context;
    this.#client = new MergeClient(context);
    this.#known = new Map(attributes.map((spec) => [spec.name, spec]));
    this.shape = {
      system: 'Merge',
      abilities: { create: false, update: false, enable: false, disable: false, delete: false },
      attributes,
      canonical: () => undefined,
      delivers: false,
    };
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const plan = await this.#plan(want.attributes, signal);
    const { pages, records } = yield* this.#everybody(plan, signal);
    return {
      pages,
      records,
      asOf: plan.asOf,
      end: "Merge's copy was whole before and after, the last page names no next one, and nobody came twice",
    };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const looked = keys.filter(({ attribute }) => this.looksUp(attribute));
    const others = keys.filter((key) => !looked.includes(key));
    const rows = [
      ...(looked.length === 0 ? [] : await this.#lookUp(want, looked, signal)),
      ...(others.length === 0 ? [] : await findByReading(this, want, others, signal)),
    ];
    return [...new Map(rows.map((row) => [row.id, row])).values()];
  }

  looksUp(attribute: string): boolean {
    return lookedUpBy(this.#known.get(attribute)) !== undefined;
  }

  /** Nothing is ever written here. */
  resolve(): Promise<Resolution> {
    return Promise.resolve({ state: 'unknown' });
  }

  async account(signal: AbortSignal): Promise<string> {
    return (await this.#client.account(signal)).id;
  }

  whyEmpty(attribute: string): string | undefined {
    const spec = this.#known.get(attribute);
    return spec === undefined ? undefined : whyEmpty(spec);
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const account = await this.#client.account(signal);
    const custom = await customAttributes(this.#client, signal);
    return {
      account: account.id,
      fields: [...attributesOf(this.#context.config), ...custom],
      missing: await missingOf(this.#client, account, custom, this.#context, signal),
    };
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** Page by page; whoever is gone comes last. Rejects where Merge began its copy anew meanwhile, which would be short. */
  async *#everybody(plan: Plan, signal: AbortSignal): AsyncGenerator<readonly Row[], Listing> {
    const departed = new Departed();
    const listing = this.#pages(plan, {}, signal);
    for (;;) {
      const step = await listing.next();
      if (step.done === true) {
        await wholeCopy(this.#client, plan.models, this.#context, signal);
        const gone = departed.rows();
        if (gone.length > 0) yield gone;
        return { pages: step.value.pages, records: departed.records };
      }
      signal.throwIfAborted();
      const here = departed.here(step.value.map(plan.decode));
      if (here.length > 0) yield here;
    }
  }

  /** Rejects where Merge began its copy anew meanwhile: whoever is not found may only not be copied yet. */
  async #lookUp(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const length = want.attributes.length;
    const asked = [...new Set(keys.map(({ attribute }) => attribute))];
    const plan = await this.#plan([...want.attributes, ...asked], signal);
    const found: Row[] = [];
    for (const key of keys) {
      const at = length + asked.indexOf(key.attribute);
      const rows = await this.#candidates(plan, key, signal);
      found.push(...rows.filter(({ values }) => sameValue(values[at], key.value)));
    }
    await wholeCopy(this.#client, plan.models, this.#context, signal);
    return found.map((row) => ({ ...row, values: row.values.slice(0, length) }));
  }

  async #candidates(plan: Plan, { attribute, value }: Key, signal: AbortSignal): Promise<readonly Row[]> {
    const field = lookedUpBy(this.#known.get(attribute)) ?? 'id';
    if (typeof value !== 'string' || value === '') return [];
    if (field === 'id') {
      const { include_deleted_data: _, ...query } = plan.query;
      const employee = await this.#client.employee(value, query, signal);
      return employee === undefined ? [] : [plan.decode(employee)];
    }
    const departed = new Departed();
    const here: Row[] = [];
    for await (const items of this.#pages(plan, { [field]: value }, signal)) {
      here.push(...departed.here(items.map(plan.decode)));
    }
    return [...here, ...departed.rows()];
  }

  #pages({ query }: Plan, filter: Query, signal: AbortSignal) {
    return everyPage(
      (cursor) => this.#client.page('employees', { ...query, ...filter }, cursor, signal),
      (what) => this.#client.unexpected(what),
    );
  }

  async #plan(names: readonly string[], signal: AbortSignal): Promise<Plan> {
    const columns = (await this.#specsOf(names, signal)).map(columnOf);
    const models = [...new Set(['Employee', ...columns.map(({ model }) => model)])];
    const { asOf, scopes } = await standingOf(this.#client, models, this.#context, signal);
    const { config, clock } = this.#context;
    const today = isoInstant(clock.now()).slice(0, 10);
    return {
      models,
      asOf,
      query: queryOf(columns),
      decode: decoderOf(columns, scopes, { identifyBy: config.identifyBy, today }),
    };
  }

  async #specsOf(names: readonly string[], signal: AbortSignal): Promise<readonly AttributeSpec[]> {
    if (names.some((name) => name.startsWith('custom.') && !this.#known.has(name))) {
      for (const spec of await customAttributes(this.#client, signal)) {
        if (!this.#known.has(spec.name)) this.#known.set(spec.name, spec);
      }
    }
    return names.map((name) => this.#known.get(name) ?? this.#unknown(name));
  }

  #unknown(name: string): never {
    const { connection } = this.#context;
    throw new Stalled(
      'UnknownAttribute',
      `connection ${connection}: Merge shows no field ${name} of this HR system; map it in Merge (Field Mappings), or correct the name (rosterd connection fields ${connection} lists them)`,
      { connection },
    );
  }
}

import { findEach } from '../find-by-reading.ts';
import { isoInstant } from '../../model/effects.ts';
import type { Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue, type Value } from '../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { trimmedLower } from '../text-forms.ts';
import { accountOf } from './account.ts';
import { ApideckClient } from './client.ts';
import { recordId } from './decode.ts';
import { employeesOf, everybody, type Employee } from './employees.ts';
import { isCustom, standardAttributes } from './fields.ts';
import type { Filter } from './pages.ts';
import { Planner, type Plan } from './plan.ts';
import { probeConnection, whyEmpty } from './probe.ts';
import type { Config } from './schema.ts';
import { refuseUncallable } from './state.ts';

/** Reads employees of one HR system through Apideck's unified API. */
export class EmployeeReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<Config>;
  readonly #client: ApideckClient;
  readonly #planner: Planner;

  constructor(context: ConnectorContext<Config>) {
    const custom = (context.fields ?? []).filter(({ name }) => isCustom(name));
    this.#context = context;
    this.#client = new ApideckClient(context);
    this.shape = {
      system: 'Apideck',
      abilities: { create: false, update: false, enable: false, disable: false, delete: false },
      attributes: [...standardAttributes, ...custom],
      canonical: (attribute) => (/^emails?(?:\.|$)/.test(attribute) ? trimmedLower : undefined),
      delivers: false,
    };
    this.#planner = new Planner(this.#client, context, this.shape.attributes);
  }

  /** Apideck keeps no copy: each page is what the HR system holds at the moment when it is asked for. */
  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const { clock, config } = this.#context;
    const asOf = isoInstant(clock.now());
    const plan = await this.#planner.plan(want.attributes, signal);
    const lists = [
      undefined,
      ...plan.settled.alsoList.map((status): Filter => ['employment_status', status]),
    ];
    const reading = everybody(this.#client, config, plan, lists, signal);
    let step = await reading.next();
    for (; step.done !== true; step = await reading.next()) yield step.value.map((one) => rowOf(one, plan));
    signal.throwIfAborted();
    const { pages, records, total } = step.value;
    const end =
      config.paging === 'none'
        ? 'one answer, since Apideck does not page this service'
        : 'no next cursor behind the last page';
    if (total === undefined) return { pages, records, asOf, end };
    return { pages, records, total, asOf, end: `${end}, and the records add up to the total` };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    return await findEach(this, want, keys, (key) => this.#lookUp(want, key, signal), signal);
  }

  looksUp(attribute: string): boolean {
    return attribute === 'id' || this.#hasFilter(attribute);
  }

  /** Nothing is ever written here. */
  resolve(): Promise<Resolution> {
    return Promise.resolve({ state: 'unknown' });
  }

  /** Rejects where the connection cannot be called, so that a pass ends before it asks for anybody. */
  async account(signal: AbortSignal): Promise<string> {
    const connection = await this.#client.connection(signal);
    refuseUncallable(connection, this.#client.asking);
    return accountOf(connection, this.#context.config);
  }

  whyEmpty(attribute: string): string | undefined {
    return whyEmpty(attribute, this.#context.config);
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probeConnection(this.#client, this.#context, signal);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** By id, and by the filters of the config, Apideck looks up; by anything else only the whole list tells. */
  async #lookUp(want: Want, { attribute, value }: Key, signal: AbortSignal): Promise<readonly Row[]> {
    const attributes = [...want.attributes, attribute];
    const canonical = this.shape.canonical(attribute) ?? ((one: Value) => one);
    const isMatch = ({ values }: Row) => {
      const held = values.at(-1);
      return held !== undefined && held !== null && sameValue(canonical(held), canonical(value));
    };
    const plan = await this.#planner.plan(attributes, signal);
    const looked = await this.#look(plan, attribute, String(value), signal);
    const rows = looked.map((one) => rowOf(one, plan));
    return rows.filter(isMatch).map((row) => ({ ...row, values: row.values.slice(0, -1) }));
  }

  async #look(
    plan: Plan,
    attribute: string,
    value: string,
    signal: AbortSignal,
  ): Promise<readonly Employee[]> {
    if (attribute === 'id') {
      const record = await this.#client.employee(value, plan.asked.join(','), signal);
      return await employeesOf(record === undefined ? [] : [record], plan, signal);
    }
    const found: Employee[] = [];
    const filtered = everybody(this.#client, this.#context.config, plan, [[attribute, value]], signal);
    for await (const some of filtered) found.push(...some);
    return found;
  }

  #hasFilter(attribute: string): boolean {
    return (this.#context.config.filters as readonly string[]).includes(attribute);
  }
}

function rowOf({ record, gone }: Employee, plan: Plan): Row {
  if (!gone) return plan.rowOf(record);
  const fault = 'the list has this employee, and asked for singly nobody is shown';
  return { id: recordId(record) ?? '', values: plan.absent, fault };
}

import { isoInstant } from '../../../model/effects.ts';
import { Stalled } from '../../../model/error.ts';
import type { Resolution } from '../../../model/order.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import { unexpectedAnswer } from '../../answers.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { findByReading } from '../../find-by-reading.ts';
import type { XmlElement } from '../../xml.ts';
import { canonical } from '../canonical.ts';
import type { Declared, SoapConfig } from '../schema.ts';
import { SoapClient } from './client.ts';
import { fieldsOf, rowMaker, type Field, type Fields } from './fields.ts';
import { FutureHires } from './future-hires.ts';
import { groupsFor } from './groups.ts';
import { everyPage } from './pages.ts';
import { parsePath, textsAt } from './path.ts';
import { probeWorkers, whyEmpty } from './probe.ts';
import type { Asked } from './request.ts';

/** Reads workers by Get_Workers. */
export class SoapReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<SoapConfig>;
  readonly #client: SoapClient;
  readonly #fields: Fields;

  constructor(context: ConnectorContext<SoapConfig>) {
    this.#context = context;
    this.#client = new SoapClient(context);
    this.#fields = fieldsOf(context.config, context.fields);
    this.shape = {
      system: 'Workday',
      abilities: { create: false, update: false, enable: false, disable: false, delete: false },
      attributes: [...this.#fields.values()].map(({ spec }) => spec),
      canonical,
      delivers: false,
    };
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const reading = this.#reading(want);
    const seen = new Set<string>();
    const pages = everyPage(
      (page) => this.#client.workers({ ...reading.asked, who: { page } }, signal),
      (what) => this.#doubt(what),
      signal,
    );
    for (;;) {
      const step = await pages.next();
      if (step.done === true) {
        const { pages: count, records } = step.value;
        const end = 'the last page, and the workers add up to the total';
        return { pages: count, records, total: records, asOf: reading.asked.entered, end };
      }
      signal.throwIfAborted();
      this.#expectNew(step.value, seen);
      const rows = await reading.rowsOf(step.value, signal);
      if (rows.length > 0) yield rows;
    }
  }

  /** By id and WID Workday looks up, where it leaves nobody out; by anything else only the whole list tells. */
  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const direct = keys.filter(({ attribute }) => this.looksUp(attribute));
    const others = keys.filter((key) => !direct.includes(key));
    const found = new Map<string, Row>();
    for (const row of await this.#lookUp(want, direct, signal)) found.set(row.id, row);
    if (others.length > 0) {
      const listed = await findByReading(this, want, others, signal);
      for (const row of listed) found.set(row.id, row);
    }
    return [...found.values()];
  }

  /** Somebody who is asked for by a reference comes also where the criteria of a list leave them out. */
  looksUp(attribute: string): boolean {
    return this.#context.config.exclude.length === 0 && (attribute === 'id' || attribute === 'wid');
  }

  /** Nothing is ever written here. */
  resolve(): Promise<Resolution> {
    return Promise.resolve({ state: 'unknown' });
  }

  whyEmpty(attribute: string): string | undefined {
    return this.#fields.has(attribute) ? whyEmpty(attribute) : undefined;
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const attributes = [...this.#fields.keys()];
    const { asked } = this.#reading({ attributes });
    return await probeWorkers(this.#fields, this.#context, () =>
      this.#client.workers({ ...asked, who: { page: 1 } }, signal),
    );
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** What all requests of one reading share: nobody who is entered after it began is seen, and no day passes in it. */
  #reading({ attributes }: Want): {
    readonly asked: Omit<Asked, 'who'>;
    rowsOf(workers: readonly XmlElement[], signal: AbortSignal): Promise<readonly Row[]>;
  } {
    const { clock, config } = this.#context;
    const entered = isoInstant(clock.now());
    const effective = Temporal.Instant.from(entered)
      .toZonedDateTimeISO(config.timezone)
      .toPlainDate()
      .toString();
    const fields = attributes.map((name) => this.#field(name));
    const future = new FutureHires(this.#fields, effective);
    const paths = [...fields.flatMap(({ at }) => at.texts), ...(config.futureHires ? future.paths : [])];
    const asked = { effective, entered, groups: groupsFor(paths, config.responseGroup) };
    const toRow = rowMaker(fields, this.#field('id').at);
    const rowsOf = async (workers: readonly XmlElement[], signal: AbortSignal) => {
      if (!config.futureHires) return workers.map(toRow);
      const later = await future.asOfFirstDay(
        workers,
        (references, day) => this.#client.workers({ ...asked, effective: day, who: { references } }, signal),
        (what) => this.#doubt(what),
      );
      return workers.map((worker) => future.row(toRow(worker), later.get(worker), toRow, attributes));
    };
    return { asked, rowsOf };
  }

  async #lookUp(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const reading = this.#reading({ attributes: [...want.attributes, 'wid'] });
    const rows: Row[] = [];
    for (const { attribute, value } of keys) {
      const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
      if (text === '') continue;
      const kinds =
        attribute === 'wid' ? (['WID'] as const) : (['Employee_ID', 'Contingent_Worker_ID'] as const);
      const who = { references: kinds.map((kind) => ({ kind, id: text })) };
      const { workers } = await this.#client.workers({ ...reading.asked, who }, signal);
      if (workers.length > 1) throw this.#doubt('several workers with one id');
      for (const row of await reading.rowsOf(workers, signal)) {
        const has = attribute === 'wid' ? row.values.at(-1) : row.id;
        if (has !== text) throw this.#doubt('another worker than the one asked for');
        rows.push({ ...row, values: row.values.slice(0, -1) });
      }
    }
    return rows;
  }

  /** By WID, which every worker has, and by id, which tells people apart here. */
  #expectNew(workers: readonly XmlElement[], seen: Set<string>): void {
    const id = this.#field('id').at;
    for (const worker of workers) {
      for (const key of [`wid ${textsAt(worker, wid)[0] ?? ''}`, `id ${id.valuesIn(worker)[0] ?? ''}`]) {
        if (seen.has(key)) throw this.#doubt('the same worker twice: the list shifted while it was read');
        if (!key.endsWith(' ')) seen.add(key);
      }
    }
  }

  #field(name: string): Declared<Field> {
    const field = this.#fields.get(name);
    if (field !== undefined) return field;
    const { connection } = this.#context;
    const message = `connection ${connection}: there is no attribute ${name}; name its path in config.paths, or correct it (\`connection fields\` lists them)`;
    throw new Stalled('UnknownAttribute', message, { connection });
  }

  #doubt(what: string): Error {
    return unexpectedAnswer(this.#context.connection, 'Workday', what);
  }
}

const wid = parsePath("Worker_Reference/ID[@type='WID']");

import type { Row } from '../../../model/row.ts';
import type { XmlElement } from '../../xml.ts';
import type { Field, Fields } from './fields.ts';
import { parsePath, textsAt } from './path.ts';
import type { Asked } from './request.ts';
import type { WorkersPage } from './response.ts';

type References = Extract<Asked['who'], { readonly references: unknown }>['references'];

/** What is true today and not on the first day. */
const ofToday: ReadonlySet<string> = new Set(['active']);

/**
 * Those who are hired and have not begun: as of today Workday has hardly anything of them, so that they are asked for again
 * as of their first day, all of one day together ("Query for future-dated hires", Entra's Workday reference). That they are
 * not active today stays so.
 */
export class FutureHires {
  readonly #hireDate: Field | undefined;
  readonly #today: string;

  constructor(fields: Fields, today: string) {
    this.#hireDate = fields.get('hire_date')?.at;
    this.#today = today;
  }

  /** What must be asked for of everybody, to tell who they are. */
  get paths(): readonly string[] {
    return this.#hireDate?.texts ?? [];
  }

  /** The same workers as of their first day. Each of them, or a rejection. */
  async asOfFirstDay(
    workers: readonly XmlElement[],
    fetch: (references: References, day: string) => Promise<WorkersPage>,
    doubt: (what: string) => Error,
  ): Promise<ReadonlyMap<XmlElement, XmlElement>> {
    const byDay = Map.groupBy(workers, (worker) => this.#firstDay(worker) ?? '');
    byDay.delete('');
    const later = new Map<XmlElement, XmlElement>();
    for (const [day, hires] of byDay) {
      const byWid = new Map(hires.map((worker) => [widOf(worker), worker]));
      const references = [...byWid.keys()].map((id) => ({ kind: 'WID' as const, id }));
      const answer = await fetch(references, day);
      for (const worker of answer.workers) {
        const today = byWid.get(widOf(worker));
        if (today === undefined) throw doubt('another hire than the one asked for');
        later.set(today, worker);
      }
      if (answer.workers.length !== byWid.size || byWid.size !== hires.length) {
        throw doubt(`${String(answer.workers.length)} hires where ${String(hires.length)} were asked for`);
      }
    }
    return later;
  }

  /** The row as of the first day, but for what is true today. */
  row(
    today: Row,
    later: XmlElement | undefined,
    toRow: (worker: XmlElement) => Row,
    attributes: readonly string[],
  ): Row {
    if (later === undefined) return today;
    const row = toRow(later);
    const values = row.values.map((value, index) =>
      ofToday.has(attributes[index] ?? '') ? today.values[index] : value,
    );
    return { ...row, id: today.id, values };
  }

  #firstDay(worker: XmlElement): string | undefined {
    const day = this.#hireDate?.valuesIn(worker)[0]?.slice(0, 10);
    return day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day) && day > this.#today ? day : undefined;
  }
}

function widOf(worker: XmlElement): string {
  return textsAt(worker, wid)[0] ?? '';
}

const wid = parsePath("Worker_Reference/ID[@type='WID']");

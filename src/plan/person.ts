import type { RecordBinder, RecordView } from '../expression/expression.ts';
import type { Row } from '../model/row.ts';
import type { CompiledSync } from '../spec/compiled.ts';
import type { Scope } from './filter.ts';
import { scopeOf } from './filter.ts';
import type { PlanInput } from './input.ts';
import type { Standing, Today } from './status.ts';
import { standingOf } from './status.ts';
import { Todays } from './today.ts';

/** What the source says of one person: the record as expressions see it, their standing, and whether they take part. */
export interface Person {
  readonly view: RecordView;
  readonly standing: Standing;
  readonly scope: Scope;
}

/** Looks at the source's records one by one; a view is valid until the next is made. */
export class People {
  readonly #sync: CompiledSync;
  readonly #doubles: ReadonlySet<string>;
  readonly #binder: RecordBinder;
  readonly #todays: Todays;
  readonly #utc: string;

  constructor(input: PlanInput) {
    this.#sync = input.sync;
    this.#doubles = input.people.doubles;
    this.#binder = input.sync.compiler.bindColumns(input.people.attributes);
    this.#todays = new Todays(input.now);
    this.#utc = this.#todays.in('UTC') ?? '';
  }

  look(row: Row): Person {
    const { view, today } = this.#bind(row);
    if (this.#doubles.has(row.id)) return { view, ...faulty('the source has this id more than once') };
    if (row.deleted === true) return { view, standing: deleted, scope: scopeOf(this.#sync.who, view) };
    if (row.fault !== undefined) return { view, ...faulty(`the record is faulty: ${row.fault}`) };
    const standing = standingOf(this.#sync, view, today);
    // A person who has left is not asked whether they take part: an explicit termination wins over `who`.
    return { view, standing, scope: standing.fact === 'left' ? unasked : scopeOf(this.#sync.who, view) };
  }

  /** The date in the person's zone needs the record, and the record's view needs the date. */
  #bind(row: Row): { view: RecordView; today: Today } {
    const { timezone } = this.#sync.dates;
    if ('constant' in timezone) {
      const date = this.#todays.in(timezone.constant);
      return {
        view: this.#binder.bind(row.values, date ?? this.#utc),
        today: dateOr(date, timezone.constant),
      };
    }
    const view = this.#binder.bind(row.values, this.#utc);
    const zone = timezone.evaluate(view);
    if (zone.kind !== 'value' || typeof zone.value !== 'string') {
      return {
        view,
        today: { fault: zone.kind === 'error' ? `timezone: ${zone.message}` : 'timezone is absent' },
      };
    }
    const date = this.#todays.in(zone.value);
    const right = date === undefined || date === this.#utc ? view : this.#binder.bind(row.values, date);
    return { view: right, today: dateOr(date, undefined) };
  }
}

const deleted: Standing = { fact: 'left', reason: 'left: deleted in the source', due: false };
const unasked: Scope = { fact: 'in', reason: '' };

function faulty(reason: string): Pick<Person, 'standing' | 'scope'> {
  return { standing: { fact: 'failed', reason, due: false }, scope: unasked };
}

function dateOr(date: string | undefined, zone: string | undefined): Today {
  if (date !== undefined) return { date };
  return { fault: `timezone${zone === undefined ? '' : ` "${zone}"`} is not a zone that is known here` };
}

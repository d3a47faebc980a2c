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
  /** The day in their zone. */
  readonly today: Today;
}

/** Looks at the source's records one by one; a view is valid until the next is made. */
export class People {
  readonly #sync: CompiledSync;
  readonly #doubles: ReadonlySet<string>;
  readonly #binder: RecordBinder;
  readonly #now: Moment;
  readonly #others = new Map<number, Moment>();

  constructor(input: PlanInput) {
    this.#sync = input.sync;
    this.#doubles = input.people.doubles;
    this.#binder = input.sync.compiler.bindColumns(input.people.attributes);
    this.#now = momentAt(input.now);
  }

  look(row: Row): Person {
    return this.#look(row, this.#now);
  }

  /** As `look`, at another moment (ms) than that of the pass. */
  lookAt(row: Row, at: number): Person {
    const known = this.#others.get(at) ?? momentAt(at);
    this.#others.set(at, known);
    return this.#look(row, known);
  }

  #look(row: Row, moment: Moment): Person {
    const { view, today } = this.#bind(row, moment);
    const seen = { view, today };
    if (this.#doubles.has(row.id)) return { ...seen, ...faulty('the source has this id more than once') };
    if (row.deleted === true) return { ...seen, standing: deleted, scope: scopeOf(this.#sync.who, view) };
    if (row.fault !== undefined) return { ...seen, ...faulty(`the record is faulty: ${row.fault}`) };
    const standing = standingOf(this.#sync, view, today);
    // A person who has left is not asked whether they take part: an explicit termination wins over `who`.
    const scope = standing.fact === 'left' ? unasked : scopeOf(this.#sync.who, view);
    return { view, today, standing, scope };
  }

  /** The date in the person's zone needs the record, and the record's view needs the date. */
  #bind(row: Row, { todays, utc }: Moment): { view: RecordView; today: Today } {
    const { timezone } = this.#sync.dates;
    if ('constant' in timezone) {
      const day = todays.in(timezone.constant);
      return {
        view: this.#binder.bind(row.values, day?.date ?? utc),
        today: day ?? unknownZone(timezone.constant),
      };
    }
    const view = this.#binder.bind(row.values, utc);
    const zone = timezone.evaluate(view);
    if (zone.kind !== 'value' || typeof zone.value !== 'string') {
      return {
        view,
        today: { fault: zone.kind === 'error' ? `timezone: ${zone.message}` : 'timezone is absent' },
      };
    }
    const day = todays.in(zone.value);
    const right = day === undefined || day.date === utc ? view : this.#binder.bind(row.values, day.date);
    return { view: right, today: day ?? unknownZone(undefined) };
  }
}

/** What the clock shows around the world at one moment. */
interface Moment {
  readonly todays: Todays;
  readonly utc: string;
}

function momentAt(at: number): Moment {
  const todays = new Todays(at);
  return { todays, utc: todays.in('UTC')?.date ?? '' };
}

const deleted: Standing = { fact: 'left', reason: 'left: deleted in the source', due: false };
const unasked: Scope = { fact: 'in', reason: '' };

function faulty(reason: string): Pick<Person, 'standing' | 'scope'> {
  return { standing: { fact: 'failed', reason, due: false }, scope: unasked };
}

function unknownZone(zone: string | undefined): Today {
  return { fault: `timezone${zone === undefined ? '' : ` "${zone}"`} is not a zone that is known here` };
}

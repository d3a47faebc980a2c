import { isoInstant } from '../../../model/effects.ts';
import type { Intent, Resolution } from '../../../model/order.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import type { TalentLmsClient } from '../client.ts';
import { whyEmpty } from '../why-empty.ts';
import { enrollmentAttributes, enrollmentShape } from './attributes.ts';
import { enrollmentColumns, enrollmentId, enrollmentRow, partsOf, type Enrollment } from './enrollment.ts';
import type { Enrollments } from './enrollments.ts';
import { probeList, readWhole } from './whole-list.ts';

/** Reads who takes which course, and how far they are. */
export class EnrollmentReader implements Reader {
  readonly shape = enrollmentShape;
  readonly #client: TalentLmsClient;
  readonly #clock: ConnectorContext['clock'];
  readonly #enrollments: Enrollments;

  constructor(client: TalentLmsClient, { clock }: Pick<ConnectorContext, 'clock'>, enrollments: Enrollments) {
    this.#client = client;
    this.#clock = clock;
    this.#enrollments = enrollments;
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#clock.now());
    const list = this.#enrollments.all(want.scope, signal);
    return yield* readWhole(list, this.#toRow(want), asOf, signal);
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const toRow = this.#toRow(want);
    const rows = new Map<string, Row>();
    for (const key of keys) {
      const [column] = enrollmentColumns(this.#client, [key.attribute]);
      for (const one of await this.#candidates(key, want.scope, signal)) {
        if (column?.(one, this.#today()) === key.value)
          rows.set(enrollmentId(one.user, one.course), toRow(one));
      }
    }
    return [...rows.values()];
  }

  /** Both lead to one user, whose courses are asked for; a course alone leads to everybody. */
  looksUp(attribute: string): boolean {
    return attribute === 'id' || attribute === 'user';
  }

  /** An enrolment is known by its user and course: whether it is there tells all. */
  async resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    const { user, course } = { ...intent.identity, ...intent.set };
    const named = enrollmentId(String(user ?? ''), String(course ?? ''));
    const parts = partsOf(intent.accountId ?? named);
    if (parts === undefined) return { state: 'not-done' };
    const isThere = await this.#enrollments.has(parts.user, parts.course, signal);
    if (isThere === (intent.kind === 'delete')) return { state: 'not-done' };
    return { state: 'done', accountId: enrollmentId(parts.user, parts.course) };
  }

  /** Each portal has a host of its own. */
  account(): Promise<string> {
    return Promise.resolve(this.#client.host);
  }

  whyEmpty(attribute: string): string {
    return whyEmpty(attribute);
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probeList(this.#client, enrollmentAttributes, () => this.#enrollments.cost(signal));
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** One user's are asked for alone; for all else everybody's are read. */
  async #candidates(
    { attribute, value }: Key,
    scope: Want['scope'],
    signal: AbortSignal,
  ): Promise<readonly Enrollment[]> {
    const text = String(value ?? '');
    const user = attribute === 'user' ? text : attribute === 'id' ? partsOf(text)?.user : undefined;
    if (attribute === 'user' || attribute === 'id') {
      return user === undefined || !/^\d+$/.test(user) ? [] : this.#enrollments.of(user, scope, signal);
    }
    const all: Enrollment[] = [];
    const list = this.#enrollments.all(scope, signal);
    for (;;) {
      const step = await list.next();
      if (step.done !== true) all.push(...step.value);
      else if (step.value.incomplete === undefined) return all;
      else throw this.#client.unexpected('too slowly for a look-up among all enrolments');
    }
  }

  #toRow(want: Want): (one: Enrollment) => Row {
    const columns = enrollmentColumns(this.#client, want.attributes);
    const today = this.#today();
    return (one) => enrollmentRow(one, columns, today);
  }

  #today(): string {
    return isoInstant(this.#clock.now()).slice(0, 10);
  }
}

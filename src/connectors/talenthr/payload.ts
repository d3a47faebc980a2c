import type { Order } from '../../model/order.ts';
import type { Json, Value } from '../../model/value.ts';
import type { Fault } from '../failed-write.ts';
import type { Field, SmallList } from './fields.ts';
import { wrong } from './refusals.ts';
import type { Config } from './schema.ts';

/** An order in the vendor's words, ids of small lists and languages still to be looked up. */
export interface Payload {
  /** What a hire takes under its own keys. */
  readonly hire: Readonly<Record<string, Json>>;
  /** Ids that a hire takes for names: key, list and name. */
  readonly names: readonly { readonly key: string; readonly list: SmallList; readonly name: string }[];
  /** What an update takes: of a create, what the hire does not. */
  readonly put: Readonly<Record<string, Json>>;
  /** Written as an id at the head of the person's languages. */
  readonly language: string | undefined;
  readonly sent: Order['set'];
}

/** Attributes that an update keeps a value in always. */
const neverEmpty = ['first_name', 'last_name', 'email'];

/** The order as TalentHR takes it, or why it cannot be sent. A hire says the first part; the rest follows as an update. */
export function payloadOf(order: Order, fields: ReadonlyMap<string, Field>): Payload | Fault {
  const isHire = order.kind === 'create' && order.accountId === null;
  const hire: Record<string, Json> = {};
  const put: Record<string, Json> = {};
  const names: { key: string; list: SmallList; name: string }[] = [];
  let language: string | undefined;
  for (const [name, value] of Object.entries(order.set)) {
    const field = fields.get(name);
    if (field?.spec.write === undefined) {
      return wrong('ReadOnlyAttribute', `TalentHR has no "${name}" that can be written`);
    }
    const isEmpty = value === null || value === '';
    // What is no number would go out as null.
    if (name === 'manager.id' && !isEmpty && !/^\d{1,15}$/.test(String(value))) {
      return wrong('NoSuchManager', 'the manager is no id of an employee; map it with `{ person: … }`');
    }
    const fault = isEmpty ? emptyFault(name, field, isHire) : undefined;
    if (fault !== undefined) return fault;
    // A hire has no word for nothing: what is not said is empty.
    if (isEmpty && isHire) continue;
    if (name === 'language') {
      language = String(value);
    } else if (field.hire !== undefined && order.kind === 'create' && (isHire || field.put === undefined)) {
      // Of somebody who is there already, job and status were said by the hire.
      if (!isHire) continue;
      if (field.hire === 'plain') hire[field.spec.key ?? name] = plainValue(name, value);
      else names.push({ key: field.hire.key, list: field.hire.list, name: String(value) });
    } else if (field.put === undefined) {
      return wrong('OnlyOnHire', `TalentHR takes "${name}" when a person is hired and not later`);
    } else {
      put[field.put] = isEmpty ? null : plainValue(name, value);
    }
  }
  if (isHire) {
    const lacking = [...fields.values()].find(
      ({ spec }) => spec.required === true && isNothing(order, spec.name),
    );
    if (lacking !== undefined) {
      return wrong('MissingAttribute', `TalentHR hires nobody without "${lacking.spec.name}"; map it`);
    }
  }
  return { hire, names, put, language, sent: order.set };
}

/** The body of `POST /employees/hire`, with the ids by the keys of `Payload.names`. */
export function hireBody(
  { hire }: Payload,
  ids: Readonly<Record<string, number>>,
  { hire: everybody }: Config,
): Json {
  const { employment_status_id: status, ...job } = ids;
  const { payRate, payRatePeriod } = everybody;
  const hasPay = payRate !== undefined || payRatePeriod !== undefined;
  return {
    ...hire,
    ...(status === undefined ? {} : { employment_status: { employment_status_id: status } }),
    ...(Object.keys(job).length === 0 ? {} : { job_record: job }),
    ...(hasPay
      ? { compensation_record: { pay_rate: payRate ?? 0, pay_rate_period: payRatePeriod ?? 'month' } }
      : {}),
    prevent_email: !everybody.invite,
    is_existing: !everybody.onboarding,
  };
}

function emptyFault(name: string, { spec }: Field, isHire: boolean): Fault | undefined {
  // An update that says null makes the person the head of the company.
  if (name === 'manager.id' && !isHire) {
    return wrong(
      'CannotClear',
      'TalentHR makes a person without a manager the head of the company; that is not sent. Leave it at `onNull: keep`, ' +
        'and name the head in TalentHR',
    );
  }
  if (neverEmpty.includes(name) || spec.required === true || spec.name === 'language') {
    return wrong('CannotClear', `TalentHR keeps a value in "${name}" always; map it with a value`);
  }
  return undefined;
}

function plainValue(name: string, value: Value): Json {
  if (name === 'manager.id') return Number(value);
  return typeof value === 'string' ? value.trim() : value;
}

function isNothing(order: Order, name: string): boolean {
  const value = order.set[name];
  return value === undefined || value === null || value === '';
}

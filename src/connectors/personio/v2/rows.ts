import type { AttributeSpec } from '../../../model/attribute.ts';
import type { Row } from '../../../model/row.ts';
import type { Json, Value } from '../../../model/value.ts';
import { idOf, isObject, objectsOf, type JsonObject } from '../../json.ts';
import { unreadable } from '../../unreadable.ts';
import { convert, wrong } from '../values.ts';
import { statusOf, type Employed } from './employment.ts';
import type { ListedPerson } from './employments.ts';
import { idsOf, isKind, type Kind, type Names } from './names.ts';

/** What is asked for besides the persons and their employments. */
export interface Besides {
  readonly names: Pick<Names, 'get'>;
  /** Persons by id, as far as they are supervisors of somebody. */
  readonly supervisors: ReadonlyMap<string, JsonObject>;
  readonly timezone: string | undefined;
}

/** As Personio has it; `undefined` is absent, and a list of several where there is room for one is a fault. */
type Raw = (person: ListedPerson, besides: Besides) => Json | undefined;

export interface Column {
  readonly spec: AttributeSpec;
  readonly raw: Raw;
}

export function columnOf(spec: AttributeSpec): Column {
  return { spec, raw: spec.key === undefined ? rawOf(spec.name) : customOf(spec.key) };
}

/** Whether a record shows the attribute, whatever it holds. Names of what it refers to are not in it. */
export function shows(person: ListedPerson, spec: AttributeSpec): boolean {
  const alone = { names: { get: () => undefined }, supervisors: new Map(), timezone: undefined };
  return columnOf(spec).raw(person, alone) !== undefined;
}

/** A person as a row. Where Personio says two things of whether somebody is active, that is their error. */
export function rowOf(person: ListedPerson, columns: readonly Column[], besides: Besides): Row {
  const { item, detail, gone } = person;
  const faults: string[] = [];
  if (gone === true)
    faults.push('Personio lists this person and has no employments of them when asked singly');
  if (contradicts(item, detail?.employed)) {
    faults.push(
      'the list of persons and the employment say different things of whether this person is active',
    );
  }
  const values = columns.map(({ spec, raw }): Value | undefined => {
    const value = raw(person, besides);
    const converted = value === undefined ? undefined : convert(value, spec.type, besides.timezone);
    if (converted !== wrong) return converted;
    faults.push(unreadable(spec));
    return undefined;
  });
  const row = { id: idOf(item['id']) ?? '', values };
  return faults.length === 0 ? row : { ...row, fault: faults.join('; ') };
}

/** A person's own status is that of the latest employment, which Personio tells as active while on leave and before the start. */
function contradicts(item: JsonObject, employed: Employed | null | undefined): boolean {
  const theirs = statusOf(item);
  const ours = employed === undefined || employed === null ? undefined : statusOf(employed.current);
  if (theirs === undefined || ours === undefined) return false;
  return (theirs === 'inactive') !== (ours === 'inactive');
}

function rawOf(name: string): Raw {
  const [first = '', part = ''] = name.split('.');
  if (isKind(first)) return part === 'id' ? idsRaw(first) : namesRaw(first);
  const plain = ofPerson[name];
  if (plain !== undefined) return ({ item }) => plain(item);
  const ofCurrent = ofEmployment[name];
  if (ofCurrent !== undefined) return fromEmployed(({ current }) => ofCurrent(current));
  const ofLast = ofEnd[name];
  if (ofLast !== undefined) return fromEmployed(({ last }) => ofLast(last));
  if (first === 'supervisor') return supervisorRaw(part);
  return ({ item }) => item[name];
}

type Part = (object: JsonObject) => Json | undefined;

/** What has another name or form in the list of persons than in v1. */
const ofPerson: Readonly<Record<string, Part>> = {
  gender: ({ gender }) => word(gender),
  last_modified_at: (item) => item['updated_at'],
  profile_picture: (item) => member(item['profile_picture'], 'url'),
};

const ofEmployment: Readonly<Record<string, Part>> = {
  // What Personio does not say is absent: nobody is created or removed for it.
  status: (employment) => statusOf(employment),
  position: ({ position }) => member(position, 'title'),
  'supervisor.id': ({ supervisor }) => member(supervisor, 'id'),
  'subcompany.id': (employment) => member(employment['sub_company'], 'id'),
  employment_type: ({ type }) => word(type),
  weekly_working_hours: (employment) => employment['weekly_working_hours'],
  hire_date: (employment) => employment['employment_start_date'],
  probation_period_end: (employment) => employment['probation_end_date'],
};

const ofEnd: Readonly<Record<string, Part>> = {
  contract_end_date: (employment) => employment['contract_end_date'],
  termination_date: ({ termination }) => member(termination, 'termination_date'),
  termination_type: ({ termination }) => word(member(termination, 'type')),
  termination_reason: ({ termination }) => member(termination, 'reason'),
  // The document has the one name, its example the other.
  last_working_day: ({ termination }) =>
    member(termination, 'last_working_day') ?? member(termination, 'last_working_date'),
};

function fromEmployed(part: (employed: Employed) => Json | undefined): Raw {
  return ({ detail }) => {
    const employed = detail?.employed;
    return employed === undefined || employed === null ? undefined : part(employed);
  };
}

function idsRaw(kind: Kind): Raw {
  return fromEmployed(({ current }) => idsOf(kind, current));
}

function namesRaw(kind: Kind): Raw {
  return ({ detail }, { names }) => {
    const employed = detail?.employed;
    const ids = employed === undefined || employed === null ? undefined : idsOf(kind, employed.current);
    const found = ids?.map((id) => names.get(kind, id));
    return found?.every((name) => name !== undefined) === true ? found : undefined;
  };
}

function supervisorRaw(part: string): Raw {
  return ({ detail }, { supervisors }) => {
    const id = supervisorOf(detail?.employed);
    if (id === undefined || id === null) return id;
    return supervisors.get(id)?.[part];
  };
}

/** `null` for who has none. */
export function supervisorOf(employed: Employed | null | undefined): string | null | undefined {
  if (employed === undefined || employed === null) return undefined;
  const id = member(employed.current['supervisor'], 'id');
  return id === null ? null : idOf(id);
}

/** Of a custom attribute by its key. One that is not in the record is absent, as in v1. */
function customOf(key: string): Raw {
  return ({ item }) => objectsOf(item['custom_attributes']).find(({ id }) => id === key)?.['value'];
}

/** A part of a reference: null where there is none at all. */
function member(reference: Json | undefined, part: string): Json | undefined {
  if (reference === undefined || reference === null) return reference;
  return isObject(reference) ? reference[part] : reference;
}

/** A word of an enumeration in small letters, as in v1; what is left open is null. */
function word(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  return value === 'UNSPECIFIED' ? null : value.toLowerCase();
}

import type { AttributeSpec } from '../../model/attribute.ts';
import type { DataClass, ValueType } from '../../model/value.ts';
import type { Config } from './schema.ts';

/** Small lists that a hire refers to by id. */
export type SmallList = 'departments' | 'divisions' | 'locations' | 'job-titles' | 'employment-statuses';

/** One attribute and where TalentHR has it. The directory and the single record name the same thing differently. */
export interface Field {
  readonly spec: AttributeSpec;
  /** Key in a row of the directory. Without it the attribute costs a request for each person. */
  readonly row?: string;
  /** Key in the single record, for what the directory lacks. */
  readonly record?: string;
  /** Key in `PUT /employees/{id}`. */
  readonly put?: string;
  /** How a hire takes it: under its own key, or as an id of a small list. */
  readonly hire?: 'plain' | { readonly list: SmallList; readonly key: string };
}

const statuses = ['active', 'terminating', 'terminated', 'deleted'];

/** Every attribute but custom ones, with what this config makes of it. */
export function fieldsOf(config: Config): ReadonlyMap<string, Field> {
  const all = [...standardFields, languageField(config)].map((field): Field => {
    if (field.spec.name !== 'employment_status' || config.hire.employmentStatus !== undefined) return field;
    return { ...field, spec: { ...field.spec, required: true } };
  });
  return new Map(all.map((field) => [field.spec.name, field]));
}

const standardFields: readonly Field[] = [
  { spec: { name: 'id', type: 'text', class: 'internal', optional: false }, row: 'id' },
  both('first_name', { required: true, optional: false }),
  both('last_name', { required: true, optional: false }),
  both('email', { required: true, optional: false, unique: true, rename: true }),
  { spec: { name: 'status', type: 'text', class: 'internal', values: statuses, optional: false }, row: 'id' },
  {
    spec: { ...spec('hire_date', 'date', 'personal'), write: 'create', required: true },
    row: 'hire_date',
    hire: 'plain',
  },
  { spec: spec('termination_date', 'date', 'personal'), row: 'termination_date' },
  listed('employment_status', 'employment_status_name', 'employment-statuses'),
  listed('department', 'department', 'departments'),
  listed('division', 'division', 'divisions'),
  listed('location', 'location', 'locations'),
  listed('job_title', 'job_title', 'job-titles'),
  {
    spec: { ...spec('manager.id', 'text', 'internal'), key: 'reports_to_employee_id', write: 'always' },
    row: 'reports_to_employee_id',
    put: 'reports_to_employee_id',
    hire: 'plain',
  },
  { spec: spec('user_role', 'text', 'internal'), row: 'user_role' },
  { ...put(spec('work_phone', 'text', 'personal')), row: 'work_phone' },
  { ...put(spec('linked_in_url', 'text', 'personal')), row: 'linked_in_url' },
  inRecord(spec('employee_number', 'text', 'internal')),
  inRecord({ ...spec('date_of_birth', 'date', 'sensitive'), key: 'birth_date' }),
  inRecord(spec('ssn', 'text', 'sensitive')),
  inRecord({ ...spec('personal_email', 'text', 'personal'), unique: true }),
  inRecord(spec('address', 'text', 'personal')),
  inRecord(spec('city', 'text', 'personal')),
  inRecord(spec('postal_code', 'text', 'personal')),
  inRecord(spec('country', 'text', 'personal')),
  inRecord(spec('nationality', 'text', 'sensitive')),
  inRecord(spec('citizenship', 'text', 'sensitive')),
  inRecord({ ...spec('gender', 'text', 'sensitive'), values: ['Male', 'Female', 'Non-binary'] }),
  inRecord({
    ...spec('marital_status', 'text', 'sensitive'),
    values: ['Single', 'Separated', 'Married', 'Widowed'],
  }),
  { spec: spec('termination_reason', 'text', 'sensitive'), record: 'termination_reason' },
];

/** The documents show no language of the user in an update, but the list of languages of the profile. */
function languageField({ language }: Config): Field {
  const plain = spec('language', 'text', 'internal');
  if (language === 'user') return { spec: plain, record: 'user' };
  return {
    spec: { ...plain, key: 'hr_languages', write: 'always' },
    record: 'hr_languages',
    put: 'hr_languages',
  };
}

function spec(name: string, type: ValueType, dataClass: DataClass): AttributeSpec {
  return { name, type, class: dataClass, optional: true };
}

/** In the directory, taken by a hire and by an update. */
function both(name: string, more: Partial<AttributeSpec>): Field {
  return {
    spec: { ...spec(name, 'text', 'personal'), write: 'always', ...more },
    row: name,
    put: name,
    hire: 'plain',
  };
}

/** A name in the directory, an id in a hire. Updates do not take it: job and status changes are records of their own. */
function listed(name: string, row: string, list: SmallList): Field {
  return {
    spec: { ...spec(name, 'text', 'internal'), write: 'create' },
    row,
    hire: { list, key: `${name}_id` },
  };
}

function put(of: AttributeSpec): Field {
  return { spec: { ...of, write: 'always' }, put: of.key ?? of.name };
}

function inRecord(of: AttributeSpec): Field {
  return { ...put(of), record: of.key ?? of.name };
}

/** True for what the directory lacks: it costs a request for each person. */
export function needsDetail(name: string, fields: ReadonlyMap<string, Field>): boolean {
  return isCustom(name) || (fields.get(name)?.row === undefined && fields.has(name));
}

export function isCustom(name: string): boolean {
  return name.startsWith('custom.');
}

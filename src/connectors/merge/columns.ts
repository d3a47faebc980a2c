import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json } from '../../model/value.ts';
import { isObject, type JsonObject } from '../json.ts';
import { currentEmployment } from './employments.ts';
import { remoteField } from './remote-data.ts';

/** Relations of an employee that a list can bring along (`expand`), with the common model that each is of. */
const models = {
  company: 'Company',
  employments: 'Employment',
  groups: 'Group',
  home_location: 'Location',
  manager: 'Employee',
  pay_group: 'PayGroup',
  work_location: 'Location',
} as const;

export type Relation = keyof typeof models;

/** Where an attribute stands in an employee. */
export interface Column {
  readonly spec: AttributeSpec;
  /** What the list must bring along for it. */
  readonly expand: Relation | undefined;
  /** Common model and field, as Merge's scopes switch them. */
  readonly model: string;
  readonly field: string;
  readonly isRemote: boolean;
  /** Undefined where this answer does not tell: left out, or a relation that came as its id alone. */
  read(employee: JsonObject, today: string): Json | undefined;
}

/**
 * By the attribute's key, which is Merge's own path: `work_email`, `work_location.city`, `employments.job_title` (of the
 * employment of the day), `groups[DEPARTMENT].name`; for custom ones `field_mappings.<target>`, `custom_fields.<name>` and
 * `remote_data:<path>#<pointer>`.
 */
export function columnOf(spec: AttributeSpec): Column {
  const key = spec.key ?? spec.name;
  if (key.startsWith('remote_data:')) {
    return column(spec, 'remote_data', (employee) => remoteField(employee, key), { isRemote: true });
  }
  const [, head = key, type, field] = /^([a-z_]+)(?:\[([^\]]*)\])?(?:\.(.+))?$/s.exec(key) ?? [];
  if (field === undefined) return column(spec, head, (employee) => employee[head]);
  if (head === 'field_mappings') return column(spec, head, (employee) => mapped(employee[head], field));
  if (head === 'custom_fields') return column(spec, head, (employee) => memberOf(employee[head], field));
  const expand = head as Relation;
  const read = (employee: JsonObject, today: string): Json | undefined => {
    const value = employee[head];
    if (expand === 'employments') return memberOf(currentEmployment(value, today), field);
    return expand === 'groups' ? groupNames(value, type, field) : memberOf(value, field);
  };
  return { spec, expand, model: models[expand], field, isRemote: false, read };
}

function column(
  spec: AttributeSpec,
  field: string,
  read: Column['read'],
  { isRemote = false }: { isRemote?: boolean } = {},
): Column {
  return { spec, expand: undefined, model: 'Employee', field, isRemote, read };
}

/** Of what there is none, every part is null; of what came as its id alone, only the id is known. */
function memberOf(value: Json | undefined, field: string): Json | undefined {
  if (value === null) return null;
  if (typeof value === 'string') return field === 'id' ? value : undefined;
  return isObject(value) ? value[field] : undefined;
}

/** Targets of the organisation, then those of this linked account; the value stands in `value`, or by itself. */
function mapped(mappings: Json | undefined, target: string): Json | undefined {
  if (!isObject(mappings)) return undefined;
  for (const whose of ['organization_defined_targets', 'linked_account_defined_targets']) {
    const targets = mappings[whose];
    const value = isObject(targets) && Object.hasOwn(targets, target) ? targets[target] : undefined;
    if (value !== undefined) return isObject(value) && 'value' in value ? value['value'] : value;
  }
  return undefined;
}

function groupNames(groups: Json | undefined, type: string | undefined, field: string): Json | undefined {
  if (!Array.isArray(groups)) return groups === null ? [] : undefined;
  const items = groups as readonly Json[];
  if (!items.every(isObject)) return undefined;
  const names = items
    .filter((group) => group['remote_was_deleted'] !== true && (type === undefined || group['type'] === type))
    .map((group) => group[field] ?? null);
  return names.filter((name) => name !== null);
}

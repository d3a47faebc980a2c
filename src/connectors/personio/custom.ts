import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json, ValueType } from '../../model/value.ts';
import { classOfLabel } from '../class-of-label.ts';
import { isObject } from '../json.ts';
import { keyOf, standardAttributes } from './schema.ts';

/** What this credential may read. */
export interface Readable {
  /** Keys as the vendor has them. */
  readonly keys: ReadonlySet<string>;
  /** Standard attributes among them. */
  readonly attributes: readonly AttributeSpec[];
  /** Custom ones, under `custom.<label>`. */
  readonly customs: readonly AttributeSpec[];
  /** Labels that stand for more than one custom attribute. */
  readonly ambiguous: readonly string[];
}

/** One attribute as Personio tells of it. */
export interface Told {
  readonly key: string;
  readonly label: string;
  readonly type: ValueType;
  readonly universalId: string | undefined;
  /** Of an attribute with a choice. */
  readonly options: readonly string[];
}

const types: Readonly<Record<string, ValueType>> = {
  integer: 'int',
  decimal: 'decimal',
  date: 'date',
  tags: 'list<text>',
};

/** From `GET /company/employees/attributes` of v1, the only place that tells all. */
export function readableOf(data: Json): Readable {
  const told = (Array.isArray(data) ? (data as readonly Json[]) : []).flatMap(toldIn);
  const keys = new Set(told.map(({ key }) => key));
  return {
    keys,
    attributes: standardAttributes.filter((spec) => keys.has(keyOf(spec)) || spec.name === 'id'),
    ...customsOf(told),
  };
}

/** Custom attributes under the names that Personio shows; where two share a label, with their keys. */
export function customsOf(told: readonly Told[]): Pick<Readable, 'customs' | 'ambiguous'> {
  const customs = told.filter(({ key }) => key.startsWith('dynamic_'));
  const count = new Map<string, number>();
  for (const { label } of customs) count.set(label, (count.get(label) ?? 0) + 1);
  const isShared = (label: string) => (count.get(label) ?? 0) > 1;
  return {
    customs: customs.map((one) => customAttribute(one, isShared(one.label))),
    ambiguous: [...count.keys()].filter(isShared),
  };
}

function customAttribute({ key, label, type, universalId, options }: Told, shared: boolean): AttributeSpec {
  return {
    name: shared ? `custom.${label} (${key})` : `custom.${label}`,
    type,
    class: classOfLabel(`${label} ${universalId ?? ''}`),
    label,
    key,
    optional: true,
    ...(options.length > 0 ? { values: options } : {}),
  };
}

function toldIn(entry: Json): Told[] {
  if (!isObject(entry) || typeof entry.key !== 'string') return [];
  const { key, label, type, universal_id: universalId, options } = entry;
  const choice = type === 'list' && Array.isArray(options) ? (options as readonly Json[]) : [];
  return [
    {
      key,
      label: typeof label === 'string' && label.trim() !== '' ? label.trim() : key,
      type: types[typeof type === 'string' ? type : 'standard'] ?? 'text',
      universalId: typeof universalId === 'string' ? universalId : undefined,
      options: choice.filter((one) => typeof one === 'string'),
    },
  ];
}

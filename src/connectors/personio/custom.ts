import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json, ValueType } from '../../model/value.ts';
import { classOfLabel } from '../class-of-label.ts';
import { isObject } from '../json.ts';
import { keyOf, standardAttributes } from './schema.ts';

/** What `GET /company/employees/attributes` says that this credential may read. */
export interface Readable {
  /** Keys as the vendor has them. */
  readonly keys: ReadonlySet<string>;
  /** Standard attributes among them, and custom ones under `custom.<label>`. */
  readonly attributes: readonly AttributeSpec[];
  /** Labels that stand for more than one custom attribute. */
  readonly ambiguous: readonly string[];
}

interface Listed {
  readonly key: string;
  readonly label: string;
  readonly type: string;
  readonly universalId: string | undefined;
  readonly options: readonly string[];
}

const types: Readonly<Record<string, ValueType>> = {
  integer: 'int',
  decimal: 'decimal',
  date: 'date',
  tags: 'list<text>',
};

export function readableOf(data: Json): Readable {
  const listed = (Array.isArray(data) ? (data as readonly Json[]) : []).flatMap(listedOf);
  const keys = new Set(listed.map(({ key }) => key));
  const customs = listed.filter(({ key }) => key.startsWith('dynamic_'));
  const count = new Map<string, number>();
  for (const { label } of customs) count.set(label, (count.get(label) ?? 0) + 1);
  const isShared = (label: string) => (count.get(label) ?? 0) > 1;
  return {
    keys,
    attributes: [
      ...standardAttributes.filter((spec) => keys.has(keyOf(spec)) || spec.name === 'id'),
      ...customs.map((one) => customAttribute(one, isShared(one.label))),
    ],
    ambiguous: [...count.keys()].filter(isShared),
  };
}

function customAttribute({ key, label, type, universalId, options }: Listed, shared: boolean): AttributeSpec {
  const isChoice = type === 'list' && options.length > 0;
  return {
    name: shared ? `custom.${label} (${key})` : `custom.${label}`,
    type: types[type] ?? 'text',
    class: classOfLabel(`${label} ${universalId ?? ''}`),
    label,
    key,
    optional: true,
    ...(isChoice ? { values: options } : {}),
  };
}

function listedOf(entry: Json): Listed[] {
  if (!isObject(entry) || typeof entry.key !== 'string') return [];
  const { key, label, type, universal_id: universalId, options } = entry;
  return [
    {
      key,
      label: typeof label === 'string' && label.trim() !== '' ? label.trim() : key,
      type: typeof type === 'string' ? type : 'standard',
      universalId: typeof universalId === 'string' ? universalId : undefined,
      options: Array.isArray(options)
        ? (options as readonly Json[]).filter((one) => typeof one === 'string')
        : [],
    },
  ];
}

import type { AttributeSpec } from '../../model/attribute.ts';
import type { TalosConfig } from './schema.ts';

/** An attribute of users, and what Talos Perform calls it. */
export interface TalosAttribute {
  readonly name: string;
  readonly property: string;
  readonly type: 'text' | 'int' | 'decimal' | 'bool' | 'date';
  readonly class: AttributeSpec['class'];
  readonly flags: Pick<AttributeSpec, 'required' | 'unique' | 'rename'>;
}

interface Standard extends Omit<TalosAttribute, 'property'> {
  readonly inApi: string;
  /** The five columns that a file must have; the names are a guess, see `docs/connectors/talos-perform.md`. */
  readonly inFile?: string;
}

const text = { type: 'text', class: 'personal', flags: {} } as const;

const standard: readonly Standard[] = [
  {
    ...text,
    name: 'employeeId',
    inApi: 'employeeID',
    inFile: 'EmployeeID',
    flags: { required: true, unique: true },
  },
  {
    ...text,
    name: 'email',
    inApi: 'email',
    inFile: 'Email',
    flags: { required: true, unique: true, rename: true },
  },
  { ...text, name: 'firstName', inApi: 'firstName', inFile: 'FirstName', flags: { required: true } },
  { ...text, name: 'lastName', inApi: 'lastName', inFile: 'LastName', flags: { required: true } },
  { ...text, name: 'managerEmployeeId', inApi: 'managerEmployeeID', inFile: 'ManagerEmployeeID' },
  { ...text, name: 'jobTitle', inApi: 'jobTitle', class: 'internal' },
  { ...text, name: 'adminGroup', inApi: 'adminGroupId', class: 'internal' },
  { ...text, name: 'reviewGroup', inApi: 'reviewGroup', class: 'internal' },
];

/**
 * Attributes of a connection: the standard ones, and those of the config. A file has the five columns that it must have
 * and the ones that the config names: one that Talos Perform does not know might have the whole file refused.
 */
export function attributesOf({ api, properties }: TalosConfig): readonly TalosAttribute[] {
  const known = standard.flatMap(({ inApi, inFile, ...attribute }): readonly TalosAttribute[] => {
    const theirs = Object.hasOwn(properties, attribute.name) ? properties[attribute.name] : undefined;
    const property = nameIn(theirs) ?? (api === undefined ? inFile : inApi);
    if (property === undefined) return [];
    return [{ ...attribute, property, ...(typeof theirs === 'object' ? { class: theirs.class } : {}) }];
  });
  const names = new Set(standard.map(({ name }) => name));
  const more = Object.entries(properties).filter(([name]) => !names.has(name));
  return [
    ...known,
    ...more.map(([name, property]): TalosAttribute => {
      if (typeof property === 'string') return { ...text, name, property };
      return { name, property: property.name, type: property.type, class: property.class, flags: {} };
    }),
  ];
}

function nameIn(property: string | { readonly name: string } | undefined): string | undefined {
  return typeof property === 'object' ? property.name : property;
}

/** What planning must know of them: written whenever they change, but for what `fixed` says. */
export function specsOf(
  attributes: readonly TalosAttribute[],
  fixed: readonly string[] = [],
): readonly AttributeSpec[] {
  return attributes.map(({ name, property, type, class: dataClass, flags }) => ({
    name,
    type,
    class: dataClass,
    optional: true,
    ...(property === name ? {} : { key: property }),
    ...flags,
    write: fixed.includes(name) ? 'create' : 'always',
  }));
}

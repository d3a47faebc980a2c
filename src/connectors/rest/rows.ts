import type { AttributeSpec } from '../../model/attribute.ts';
import type { Row } from '../../model/row.ts';
import type { DataClass } from '../../model/value.ts';
import { classOfLabel } from '../class-of-label.ts';
import { textOf } from '../json.ts';
import { unreadable } from '../unreadable.ts';
import { conditionOf, saidBy } from './condition.ts';
import { stepsOf, valueAt } from './path.ts';
import type { RestConfig } from './schema.ts';
import type { AttributeConfig } from './schema/record.ts';
import type { ListedRecord } from './details.ts';
import { formOf, wrong, type Form } from './values.ts';

/** A declared attribute, ready for use. */
export interface Field {
  readonly spec: AttributeSpec;
  readonly config: AttributeConfig;
  /** Where it stands in a record. */
  readonly path: string;
  readonly form: Form;
}

/** Everything that a connection publishes, by name; the id first. */
export function fieldsOf(config: RestConfig): ReadonlyMap<string, Field> {
  const { record, timezone } = config;
  const fields = Object.entries(record.attributes).map(([name, attribute]): [string, Field] => {
    const { path = name } = attribute;
    const spec = { name, ...specOf(name, path, attribute) };
    return [name, { spec, config: attribute, path, form: formOf(attribute, timezone) }];
  });
  return new Map([['id', idField(record.id, timezone)], ...fields]);
}

function specOf(name: string, path: string, attribute: AttributeConfig): Omit<AttributeSpec, 'name'> {
  const { type, label, values, write, required, unique, rename, writeOnly } = attribute;
  return {
    type,
    class: attribute.class ?? classOf(name, label, path),
    optional: true,
    ...(label === undefined ? {} : { label }),
    ...(path === name ? {} : { key: path }),
    ...(values === undefined ? {} : { values }),
    ...(write === undefined ? {} : { write }),
    ...(required === undefined ? {} : { required }),
    ...(unique === undefined ? {} : { unique }),
    ...(rename === undefined ? {} : { rename }),
    ...(writeOnly === undefined ? {} : { writeOnly }),
  };
}

/** What is written is never called less careful than what people call it. */
function classOf(name: string, label: string | undefined, path: string): DataClass {
  return classOfLabel(`${name} ${label ?? ''} ${path}`.replaceAll('.', ' '));
}

function idField(path: string, timezone: string): Field {
  const config: AttributeConfig = {
    type: 'text',
    format: 'iso',
    from: 'list',
    compare: [],
    cleared: 'null',
  };
  const spec: AttributeSpec = {
    name: 'id',
    type: 'text',
    class: 'internal',
    ...(path === 'id' ? {} : { key: path }),
  };
  return { spec, config, path, form: formOf(config, timezone) };
}

/** A listed record with what only its single one has, as far as it was asked for. */
export type Described = Pick<ListedRecord, 'item' | 'detail' | 'gone'>;

/** Makes rows with the values of these fields in their order. Made once for a reading. */
export function rowMaker({ record }: RestConfig, fields: readonly Field[]): (described: Described) => Row {
  const id = stepsOf(record.id);
  const { active, deleted, protected: kept } = record;
  const isActive = active === undefined ? () => true : conditionOf(active);
  const isDeleted = deleted === undefined ? () => false : saidBy(deleted);
  const isProtected = kept === undefined ? () => false : conditionOf(kept);
  const columns = fields.map(({ spec, path, form, config }) => ({
    spec,
    form,
    config,
    // What is never read back stands nowhere, whatever is there.
    steps: spec.writeOnly === true ? undefined : stepsOf(path),
  }));
  return ({ item, detail, gone }) => {
    const faults = gone === true ? ['the list has this record, and there is none with its id'] : [];
    const values = columns.map(({ spec, form, config, steps }) => {
      if (steps === undefined) return undefined;
      const raw = config.from === 'single' ? detail?.values[spec.name] : valueAt(item, steps);
      const value = form.valueOf(raw);
      if (value !== wrong) return value;
      const isDate = spec.type === 'date' || spec.type === 'instant';
      faults.push(unreadable(spec, isDate ? `${spec.type} in the form ${config.format}` : spec.type));
      return undefined;
    });
    return {
      id: textOf(valueAt(item, id)) ?? '',
      values,
      active: isActive(item),
      ...(isDeleted(item) ? { deleted: true } : {}),
      ...(isProtected(item) ? { protected: true } : {}),
      ...(faults.length === 0 ? {} : { fault: faults.join('; ') }),
    };
  };
}

import type { AttributeSpec } from '../../../model/attribute.ts';
import type { Row } from '../../../model/row.ts';
import type { Json } from '../../../model/value.ts';
import { classOfLabel } from '../../class-of-label.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { unreadable } from '../../unreadable.ts';
import { declaredIn, type Declared, type ReportConfig } from '../schema.ts';
import { valueOf, wrong } from '../values.ts';

/** Where a value stands in a row of the report. */
export interface Column {
  /** XML alias, or the alias of a group and that of a column within it. */
  readonly alias: string;
  readonly separator: string;
}

export type Columns = ReadonlyMap<string, Declared<Column>>;

/** The attributes of a report: standard ones, those of the config, and saved ones of other columns. */
export function columnsOf({ columns }: ReportConfig, saved: readonly AttributeSpec[] = []): Columns {
  const declared = Object.fromEntries(
    Object.entries(columns).map(([name, said]) => {
      const { column, separator = ';', ...facts } = typeof said === 'string' ? { column: said } : said;
      return [name, { at: { alias: column, separator }, key: column, ...facts }];
    }),
  );
  const known = new Map(
    declaredIn<Column>(declared, ({ column }) => ({ at: { alias: column, separator: ';' }, key: column })),
  );
  for (const spec of saved) {
    if (spec.name.startsWith('custom.') && !known.has(spec.name)) known.set(spec.name, ofColumn(spec));
  }
  return known;
}

/** The attribute `custom.ALIAS`, for a column that neither the config nor the saved fields know. */
export function unnamedColumn(alias: string): Declared<Column> {
  return ofColumn({
    name: `custom.${alias}`,
    type: 'text',
    class: classOfLabel(alias),
    label: alias.replaceAll('_', ' '),
    key: alias,
    optional: true,
  });
}

function ofColumn(spec: AttributeSpec): Declared<Column> {
  return { spec, at: { alias: spec.key ?? spec.name.replace(/^custom\./, ''), separator: ';' } };
}

/** Makes rows of the report's entries: everything comes as text, and what is empty does not come. */
export function rowMaker(columns: readonly Declared<Column>[], id: Column): (entry: JsonObject) => Row {
  return (entry) => {
    const faults: string[] = [];
    const values = columns.map(({ spec, at }) => {
      const value = valueOf(cellOf(entry, at.alias), spec.type, at.separator);
      if (value !== wrong) return value;
      faults.push(unreadable(spec));
      return undefined;
    });
    const name = valueOf(cellOf(entry, id.alias), 'text');
    const row = { id: typeof name === 'string' ? name : '', values };
    return faults.length === 0 ? row : { ...row, fault: faults.join('; ') };
  };
}

/** Of a group, which comes as a list of objects, all values of its column. */
export function cellOf(entry: JsonObject, alias: string): Json | undefined {
  const slash = alias.indexOf('/');
  if (slash < 0) return ownValue(entry, alias);
  const group = ownValue(entry, alias.slice(0, slash));
  const items = Array.isArray(group) ? (group as readonly Json[]) : [group ?? null];
  const values = items.map((item) =>
    isObject(item) ? (cellOf(item, alias.slice(slash + 1)) ?? null) : null,
  );
  return values.every((value) => value === null) ? undefined : values;
}

function ownValue(entry: JsonObject, alias: string): Json | undefined {
  return Object.hasOwn(entry, alias) ? entry[alias] : undefined;
}

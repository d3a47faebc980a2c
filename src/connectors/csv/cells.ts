import type { AttributeSpec } from '../../model/attribute.ts';
import type { Value, ValueType } from '../../model/value.ts';
import { unguarded } from './formulas.ts';
import { idColumns } from './record-id.ts';
import type { CsvConfig } from './schema.ts';
import { writtenCell, type WrittenCell } from './written-cells.ts';

/** A cell as a value, or `undefined` where the text is none of its type. */
export type Cell = (text: string) => Value | undefined;

/** An attribute with the column it comes from and how its cells are read. */
export interface Column {
  readonly spec: AttributeSpec;
  readonly header: string;
  readonly cell: Cell;
  readonly written: WrittenCell;
  /** What the cells must look like, for messages. */
  readonly form: string;
}

/** The columns that the config declares, else those of the saved fields; `undefined` when neither tells. */
export function declaredColumns(
  config: CsvConfig,
  fields: readonly AttributeSpec[] | undefined,
): ReadonlyMap<string, Column> | undefined {
  if (config.columns !== undefined) {
    return new Map(
      Object.entries(config.columns).map(([name, { column, type, class: dataClass, format }]) => {
        const key = column === undefined || column === name ? {} : { key: column };
        return [name, columnOf(config, { name, type, class: dataClass, optional: true, ...key }, format)];
      }),
    );
  }
  if (fields === undefined) return undefined;
  return new Map(fields.map((spec) => [spec.name, columnOf(config, spec)]));
}

export function columnOf(config: CsvConfig, spec: AttributeSpec, format = 'yyyy-MM-dd'): Column {
  const nulls = new Set(config.nulls);
  const onlyEmpty = nulls.size === 1 && nulls.has('');
  const read = reading(config, spec.type, format);
  const header = spec.key ?? spec.name;
  return {
    spec: { ...spec, ...writing(config, header) },
    header,
    written: writtenCell(config, spec, format),
    cell: onlyEmpty
      ? (text) => (text === '' ? null : read(text))
      : (text) => (nulls.has(text) ? null : read(text)),
    form: spec.type === 'date' ? `date in the form ${format}` : spec.type,
  };
}

/** The type that all these texts have; a number with a leading zero is an identifier, and so text. */
export function typeOfCells(texts: readonly string[]): ValueType {
  if (texts.length === 0) return 'text';
  const all = (pattern: RegExp) => texts.every((text) => pattern.test(text));
  if (all(/^\d{4}-\d{2}-\d{2}$/) && texts.every((text) => isoDate(text) !== undefined)) return 'date';
  if (all(/^-?(?:0|[1-9]\d{0,14})$/)) return 'int';
  if (all(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/)) return 'decimal';
  if (all(/^(?:true|false)$/i)) return 'bool';
  return 'text';
}

function reading(config: CsvConfig, type: ValueType, format: string): Cell {
  if (type === 'date') return dateReader(format);
  if (type === 'bool') {
    const words = new Map<string, boolean>();
    for (const word of config.booleans.false) words.set(word.toLowerCase(), false);
    for (const word of config.booleans.true) words.set(word.toLowerCase(), true);
    return (text) => words.get(text.trim().toLowerCase());
  }
  if (type === 'int') {
    return (text) => {
      const number = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
      return Number.isSafeInteger(number) ? number : undefined;
    };
  }
  if (type === 'decimal') {
    const comma = config.decimalMark === ',';
    return (text) => {
      const plain = comma ? text.replace(',', '.') : text;
      const isNumber = !(comma && text.includes('.')) && /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(plain);
      return isNumber ? Number(plain) : undefined;
    };
  }
  if (type === 'instant') {
    const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;
    return (text) => (instant.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined);
  }
  return config.write?.formulas === 'guard' ? unguarded : (text) => text;
}

/** When a column can be written. What the id of a row is made of stays as it is. */
function writing(config: CsvConfig, header: string): Partial<AttributeSpec> {
  if (config.write === undefined || header === config.write.active) return {};
  const ids = idColumns(config);
  if (!ids.includes(header)) return { write: 'always' };
  return { write: 'create', required: true, ...(ids.length === 1 ? { unique: true } : {}) };
}

/** The header of a new file: the columns of the attributes in their order, then what the id and the state need. */
export function headerOf(config: CsvConfig, columns: ReadonlyMap<string, Column>): readonly string[] {
  const { active } = config.write ?? {};
  const more = [...idColumns(config), ...(active === undefined ? [] : [active])];
  return [...new Set([...[...columns.values()].map((column) => column.header), ...more])];
}

/** Dates in one form, as `YYYY-MM-DD`; a day that the calendar does not have is no date. */
function dateReader(format: string): Cell {
  const order: string[] = [];
  const source = format.replaceAll(/yyyy|MM?|dd?|[^A-Za-z0-9]/g, (token) => {
    if (/^[^yMd]/.test(token)) return `\\${token}`;
    order.push(token.slice(0, 1));
    return token === 'yyyy' ? '(\\d{4})' : token.length === 2 ? '(\\d{2})' : '(\\d{1,2})';
  });
  const pattern = new RegExp(`^\\s*${source}\\s*$`);
  return (text) => {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    const part = (letter: string) => found[order.indexOf(letter) + 1] ?? '';
    return isoDate(`${part('y')}-${part('M').padStart(2, '0')}-${part('d').padStart(2, '0')}`);
  };
}

function isoDate(text: string): string | undefined {
  const moment = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(moment)) return undefined;
  return new Date(moment).toISOString().slice(0, 10) === text ? text : undefined;
}

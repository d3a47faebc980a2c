import type { AttributeSpec } from '../../model/attribute.ts';
import { isNothing, type Value } from '../../model/value.ts';
import { guarded } from './formulas.ts';
import type { CsvConfig } from './schema.ts';

/** The text that is read back as this value, or `undefined` where no text is. */
export type WrittenCell = (value: Value) => string | undefined;

/** How the values of one attribute are written: the other direction of `columnOf`. */
export function writtenCell(config: CsvConfig, { type }: AttributeSpec, format: string): WrittenCell {
  const [nothing = ''] = config.nulls;
  const write = writing(config, type, format);
  const nulls = new Set(config.nulls);
  return (value) => {
    if (isNothing(value)) return nothing;
    const text = write(value);
    // Empty text is read back as nothing: no system tells the two apart. Any other word for nothing would be lost.
    return text !== undefined && text !== '' && nulls.has(text) ? undefined : text;
  };
}

function writing(config: CsvConfig, type: AttributeSpec['type'], format: string): WrittenCell {
  if (type === 'bool') {
    const [yes] = config.booleans.true;
    const [no] = config.booleans.false;
    return (value) => (typeof value === 'boolean' ? (value ? yes : no) : undefined);
  }
  if (type === 'int') return (value) => (Number.isSafeInteger(value) ? String(value) : undefined);
  if (type === 'decimal') {
    return (value) => {
      const text = typeof value === 'number' ? String(value) : '';
      if (!/^-?\d+(?:\.\d+)?$/.test(text)) return undefined;
      return config.decimalMark === ',' ? text.replace('.', ',') : text;
    };
  }
  if (type === 'date') return (value) => dateText(value, format);
  const guards = config.write?.formulas !== 'plain';
  return (value) => (typeof value === 'string' ? (guards ? guarded(value) : value) : undefined);
}

function dateText(value: Value, format: string): string | undefined {
  const found = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  if (found === null) return undefined;
  const [, year = '', month = '', day = ''] = found;
  const parts: Readonly<Record<string, string>> = {
    yyyy: year,
    MM: month,
    dd: day,
    M: String(Number(month)),
    d: String(Number(day)),
  };
  return format.replaceAll(/yyyy|MM?|dd?/g, (token) => parts[token] ?? token);
}

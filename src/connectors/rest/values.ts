import type { Json, Value, ValueType } from '../../model/value.ts';
import { dateForm, existing, type DateForm } from './dates.ts';
import type { AttributeConfig } from './schema/record.ts';

/** A value that is none of its attribute's type. */
export const wrong = Symbol('wrong');

/** Between what stands in JSON and an attribute's values. */
export interface Form {
  /** Null stays null, and nothing stays nothing. Never throws. */
  valueOf(raw: Json | undefined): Value | undefined | typeof wrong;
  /** What is sent; `wrong` where the system's form cannot say it. */
  written(value: Value): Json | typeof wrong;
}

/** How the values of an attribute are read and written, decided once for all records. */
export function formOf(attribute: AttributeConfig, timezone: string): Form {
  const item = itemForm(attribute, timezone);
  const isList = attribute.type.startsWith('list<');
  const nothing = attribute.cleared === 'null' ? null : isList ? [] : '';
  if (!isList) {
    return {
      valueOf: (raw) => {
        if (raw === undefined || raw === null) return raw;
        // Empty text is a text, unless it is how the system says nothing, as of any other type.
        if (raw === '' && (attribute.type !== 'text' || nothing === '')) return null;
        return typeof raw === 'object' ? wrong : item.read(raw);
      },
      written: (value) => {
        if (value === null) return nothing;
        return Array.isArray(value) ? wrong : item.write(value as Scalar);
      },
    };
  }
  return {
    valueOf: (raw) => {
      if (raw === undefined || raw === null) return raw;
      if (nothing !== null && Array.isArray(raw) && raw.length === 0) return null;
      const items = (Array.isArray(raw) ? (raw as readonly Json[]) : [raw]).map((one) =>
        one === null || typeof one === 'object' ? wrong : item.read(one),
      );
      return items.every((one): one is Scalar => one !== wrong) ? items : wrong;
    },
    written: (value) => {
      if (value === null) return nothing;
      const items = (Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]).map((one) =>
        item.write(one),
      );
      return items.every((one): one is Scalar => one !== wrong) ? items : wrong;
    },
  };
}

type Scalar = string | number | boolean;

interface ItemForm {
  read(raw: Scalar): Scalar | typeof wrong;
  write(value: Scalar): Scalar | typeof wrong;
}

function itemForm({ type, format, booleans }: AttributeConfig, timezone: string): ItemForm {
  const of = (type.startsWith('list<') ? type.slice(5, -1) : type) as ValueType;
  if (of === 'int') return numbers(/^[+-]?\d+$/, Number.isSafeInteger);
  if (of === 'decimal') return numbers(/^[+-]?\d+(?:\.\d+)?$/, Number.isFinite);
  if (of === 'bool') return words(booleans);
  if (of === 'date') return dates(dateForm(format, timezone));
  if (of === 'instant') return instants(dateForm(format, timezone));
  return { read: String, write: String };
}

function numbers(shape: RegExp, fits: (number: number) => boolean): ItemForm {
  const read = (raw: Scalar) => {
    const number = typeof raw === 'string' && shape.test(raw.trim()) ? Number(raw) : raw;
    return typeof number === 'number' && fits(number) ? number : wrong;
  };
  return { read, write: read };
}

function words(booleans: AttributeConfig['booleans']): ItemForm {
  const yes = (booleans?.true ?? 'true').toLowerCase();
  const no = (booleans?.false ?? 'false').toLowerCase();
  const read = (raw: Scalar) => {
    const word = String(raw).trim().toLowerCase();
    if (booleans === undefined && typeof raw === 'boolean') return raw;
    return word === yes ? true : word === no ? false : wrong;
  };
  const write = (value: Scalar) => {
    if (typeof value !== 'boolean') return wrong;
    if (booleans === undefined) return value;
    return value ? booleans.true : booleans.false;
  };
  return { read, write };
}

function dates(form: DateForm): ItemForm {
  return {
    read: (raw) => (typeof raw === 'boolean' ? wrong : (form.dateOf(raw) ?? wrong)),
    write: (value) => {
      const date = existing(String(value).slice(0, 10));
      return date === undefined ? wrong : form.writtenDate(date);
    },
  };
}

function instants(form: DateForm): ItemForm {
  return {
    read: (raw) => (typeof raw === 'boolean' ? wrong : (form.instantOf(raw) ?? wrong)),
    write: (value) =>
      typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? form.writtenInstant(value) : wrong,
  };
}

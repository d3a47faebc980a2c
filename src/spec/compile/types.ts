import type { AttributeSpec } from '../../model/attribute.ts';
import type { Value, ValueType } from '../../model/value.ts';

/**
 * True where a result of one type can be written to an attribute of the other without losing or guessing anything:
 * the same type, whole numbers as decimals, and plain dates as text (they are text in one form only).
 */
export function fits(result: ValueType, attribute: ValueType): boolean {
  return result === attribute || widenings.has(`${result} ${attribute}`);
}

const widenings = new Set(['int decimal', 'list<int> list<decimal>', 'date text']);

/** What to write instead, where one function makes the type. */
export function conversionTo(attribute: ValueType): string | undefined {
  return ['text', 'int', 'date'].includes(attribute) ? `write ${attribute}(…) around it` : undefined;
}

/** What is wrong with a constant for this attribute, or undefined. */
export function constantFault(value: Value, attribute: AttributeSpec): string | undefined {
  const { type, values } = attribute;
  if (!isOf(value, type)) return `"${attribute.name}" takes ${type}, not ${JSON.stringify(value)}`;
  const items = Array.isArray(value) ? value : [value];
  const stranger = values === undefined ? undefined : items.find((item) => !values.includes(String(item)));
  return stranger === undefined ? undefined : `"${attribute.name}" has no value ${JSON.stringify(stranger)}`;
}

function isOf(value: Value, type: ValueType): boolean {
  if (Array.isArray(value)) {
    const item = /^list<(.*)>$/.exec(type)?.[1];
    return item !== undefined && value.every((one) => isOf(one, item as ValueType));
  }
  if (type === 'int') return Number.isSafeInteger(value);
  if (type === 'decimal') return typeof value === 'number';
  if (type === 'bool') return typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
  if (type === 'instant') return /T.*(?:Z|[+-]\d{2}:\d{2})$/.test(value) && !Number.isNaN(Date.parse(value));
  return type === 'text';
}

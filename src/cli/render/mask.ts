import type { AttributeChange, Desired } from '../../model/change.ts';
import { dataClasses, type DataClass, type Value } from '../../model/value.ts';

/** Values above this class are masked. `internal` unless somebody asks for more. */
export type Shown = DataClass;

export const masked = '***';

/** A value as people may see it: itself, or `***` where its class is above what is shown. */
export function show(value: Value | undefined, valueClass: DataClass, shown: Shown): Value | undefined {
  if (value === undefined || value === null || value === '') return value;
  return dataClasses.indexOf(valueClass) <= dataClasses.indexOf(shown) ? value : masked;
}

/** What an attribute becomes, in a form that can be printed and put into JSON. */
export function showDesired(
  change: AttributeChange,
  shown: Shown,
): Value | { readonly [key: string]: string } {
  const { after } = change;
  if ('value' in after) return show(after.value, change.class, shown) ?? null;
  return markerOf(after);
}

function markerOf(after: Exclude<Desired, { value: Value }>): { readonly [key: string]: string } {
  return 'generate' in after ? { generate: after.generate } : { person: after.person };
}

/** One line of text for a value; control characters never reach a terminal or a comment. */
export function printable(value: unknown): string {
  if (value === undefined) return '(absent)';
  if (value === null) return '(nothing)';
  if (value === '') return '""';
  const text = Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'object'
      ? marked(value)
      : `${value as string | number | boolean}`;
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

function marked(marker: object): string {
  return 'person' in marker ? `account of ${String(marker.person)}` : '(a new secret)';
}

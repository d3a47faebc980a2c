import type { AttributeChange, Desired, ListChange } from '../../model/change.ts';
import { dataClasses, type DataClass, type Value } from '../../model/value.ts';

/** Values above this class are masked. `internal` unless somebody asks for more. */
export type Shown = DataClass;

export const masked = '***';

/** A value as people may see it: itself, or `***` where its class is above what is shown. */
export function show(value: Value | undefined, valueClass: DataClass, shown: Shown): Value | undefined {
  if (value === undefined || value === null || value === '') return value;
  return isShown(valueClass, shown) ? value : masked;
}

function isShown(valueClass: DataClass, shown: Shown): boolean {
  return dataClasses.indexOf(valueClass) <= dataClasses.indexOf(shown);
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

/** What a list gains and loses; above what is shown only how many. */
export function showElements(
  { list, class: of }: Pick<AttributeChange, 'list' | 'class'>,
  shown: Shown,
): Pick<ListChange, 'added' | 'removed'> | undefined {
  if (list === undefined) return undefined;
  const { added, removed } = list;
  if (isShown(of, shown)) return { added, removed };
  return { added: added.map(() => masked), removed: removed.map(() => masked) };
}

function markerOf(after: Exclude<Desired, { value: Value }>): { readonly [key: string]: string } {
  return 'generate' in after ? { generate: after.generate } : { person: after.person };
}

/** Elements of a list that one line names. */
const mostNamed = 20;

/** `+ Sales, Support; - Guests`: what a list gains and loses, or what it was and shall be for all else. */
export function changedText(change: {
  readonly before: unknown;
  readonly after: unknown;
  readonly added?: Value;
  readonly removed?: Value;
}): string {
  const { before, after, added, removed } = change;
  if (added === undefined || removed === undefined) return `${printable(before)} → ${printable(after)}`;
  return [named('+', added), named('-', removed)].filter((part) => part !== '').join('; ');
}

function named(sign: string, elements: Value): string {
  if (!Array.isArray(elements) || elements.length === 0) return '';
  const { length } = elements;
  if (elements[0] === masked) return `${sign} ${length} ${length === 1 ? 'element' : 'elements'}`;
  const rest = length > mostNamed ? ` and ${length - mostNamed} more` : '';
  return `${sign} ${printable(elements.slice(0, mostNamed))}${rest}`;
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

import type { Json } from '../../model/value.ts';
import { isObject, type JsonObject } from '../json.ts';

/**
 * One step of a path into JSON. Paths name one place, or with `each` one place in every element of a list; nothing is
 * computed, so that a path that is read can be written too.
 */
export type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  /** The first element of a list in which the member has this text. */
  | { readonly kind: 'where'; readonly name: string; readonly text: string }
  | { readonly kind: 'each' };

/** What a path may look like, for messages. */
export const pathForm =
  'names with dots between them, such as data.items, phones[0], emails[type=work].value, teams[].name or ["a.b"]';

const nextStep = /\.?(?:\["([^"]+)"\]|\[(\d{1,6})\]|\[([^[\]=".]+)=([^[\]]*)\]|(\[\])|([^.[\]"\s]+))/y;

/** The steps of a path; none for the empty one, which is the whole document. `undefined` where it is no path. */
export function parsePath(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  if (path.startsWith('.') || path.endsWith('.')) return undefined;
  nextStep.lastIndex = 0;
  while (nextStep.lastIndex < path.length) {
    const isFirst = nextStep.lastIndex === 0;
    const found = nextStep.exec(path);
    if (found === null) return undefined;
    const [all, quoted, index, where, text = '', each, plain] = found;
    const isName = plain !== undefined || quoted !== undefined;
    // A dot stands before every name but the first, and before nothing else; a bracket needs none.
    if (plain !== undefined && !isFirst && !all.startsWith('.')) return undefined;
    if (plain === undefined && all.startsWith('.')) return undefined;
    if (isName) steps.push({ kind: 'name', name: plain ?? quoted ?? '' });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (where !== undefined) steps.push({ kind: 'where', name: where, text });
    else if (each !== undefined) steps.push({ kind: 'each' });
  }
  return steps;
}

/** The steps of a path that was checked before. */
export function stepsOf(path: string): readonly Step[] {
  const steps = parsePath(path);
  if (steps === undefined) throw new RangeError(`${path} is no path`);
  return steps;
}

/** Whether a value can be put there: by names alone. */
export function isWritable(path: string): boolean {
  const steps = parsePath(path);
  return steps !== undefined && steps.length > 0 && steps.every(({ kind }) => kind === 'name');
}

/**
 * What stands at a path: `undefined` where nothing does, null where it, or something on the way to it, is null. A list
 * that has no such element holds nothing there, which is null too.
 */
export function valueAt(value: Json, steps: readonly Step[], from = 0): Json | undefined {
  const step = steps[from];
  if (step === undefined || value === null) return value;
  if (step.kind === 'name') {
    if (!isObject(value) || !Object.hasOwn(value, step.name)) return undefined;
    return valueAt(value[step.name] ?? null, steps, from + 1);
  }
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly Json[];
  if (step.kind === 'each') {
    return items.map((item) => valueAt(item, steps, from + 1) ?? null).filter((item) => item !== null);
  }
  const item = elementOf(items, step);
  return item === undefined ? null : valueAt(item, steps, from + 1);
}

/** Whether anything stands at a path: null does, and an element that a list lacks does not. */
export function isThere(value: Json, steps: readonly Step[]): boolean {
  const [first, ...rest] = steps;
  if (first === undefined || value === null) return true;
  const isElement = first.kind === 'index' || first.kind === 'where';
  const found =
    isElement && Array.isArray(value) ? elementOf(value as readonly Json[], first) : valueAt(value, [first]);
  return found !== undefined && isThere(found, first.kind === 'each' ? [] : rest);
}

/** The same document with a value at a path of names; what stood in its way is replaced. */
export function withValue(document: JsonObject, path: string, value: Json): JsonObject {
  return put(document, stepsOf(path), value);
}

function put(document: JsonObject, steps: readonly Step[], value: Json): JsonObject {
  const [first, ...rest] = steps;
  if (first?.kind !== 'name') throw new RangeError('only names can be written');
  const inner = Object.hasOwn(document, first.name) ? document[first.name] : undefined;
  // A computed key is always the object's own, so that no name reaches the prototype.
  return {
    ...document,
    [first.name]: rest.length === 0 ? value : put(isObject(inner) ? inner : {}, rest, value),
  };
}

function elementOf(
  items: readonly Json[],
  which: Extract<Step, { kind: 'index' | 'where' }>,
): Json | undefined {
  if (which.kind === 'index') return items[which.index];
  const { name, text } = which;
  return items.find((one) => isObject(one) && Object.hasOwn(one, name) && isText(one[name], text));
}

function isText(value: Json | undefined, text: string): boolean {
  return value !== undefined && typeof value !== 'object' && String(value) === text;
}

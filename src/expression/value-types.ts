import type { Value, ValueType } from '../model/value.ts';
import { CalendarDate, Instant } from './calendar.ts';
import { limits, tooLong } from './limits.ts';
import { PictureMark } from './picture-mark.ts';
import { RecordFault } from './record-fault.ts';

const celNames: Readonly<Record<ValueType, string>> = {
  text: 'string',
  int: 'int',
  decimal: 'double',
  bool: 'bool',
  date: 'date',
  instant: 'instant',
  picture: 'picture',
  'list<text>': 'list<string>',
  'list<int>': 'list<int>',
  'list<decimal>': 'list<double>',
  'list<bool>': 'list<bool>',
};

const valueTypes = new Map(Object.entries(celNames).map(([ours, cel]) => [cel, ours as ValueType]));

/** CEL's name of a type of ours; also of `list<A>` and `A` in signatures. */
export function celName(type: string): string {
  if (Object.hasOwn(celNames, type)) return celNames[type as ValueType];
  const list = /^list<(.+)>$/.exec(type)?.[1];
  return list === undefined ? type : `list<${celName(list)}>`;
}

/** Our type for CEL's name, or undefined for one that no attribute can have. */
export function valueTypeOf(celType: string): ValueType | undefined {
  return valueTypes.get(celType);
}

/** CEL's names of types within a sentence, in our words. */
export function inOurWords(sentence: string): string {
  const words: Readonly<Record<string, string>> = { string: 'text', double: 'decimal', dyn: 'any' };
  return sentence.replaceAll(/\b(string|double|dyn)\b/g, (name) => words[name] ?? name);
}

/** A result as others see it. @throws RecordFault for one that is too long or no value. */
export function toValue(result: unknown): Value {
  if (typeof result === 'string') {
    if (result.length > limits.textLength)
      throw tooLong('text', limits.textLength, 'characters', 'the result: ');
    return result;
  }
  if (typeof result === 'boolean') return result;
  if (typeof result === 'bigint') return toSafeInteger(result);
  if (typeof result !== 'number') return fromObject(result);
  if (!Number.isFinite(result)) throw RecordFault.of('the result is no finite number');
  return result;
}

function toSafeInteger(result: bigint): number {
  const number = Number(result);
  if (!Number.isSafeInteger(number)) throw RecordFault.of('the result is a whole number that is too large');
  return number;
}

function fromObject(result: unknown): Value {
  if (result === null) return null;
  if (result instanceof CalendarDate || result instanceof Instant || result instanceof PictureMark)
    return result.text;
  if (!Array.isArray(result)) throw RecordFault.of('the result is no value of an attribute');
  if (result.length > limits.listLength) throw tooLong('list', limits.listLength, 'elements', 'the result: ');
  return result.map((element) => {
    const value = toValue(element);
    if (value === null || typeof value === 'object') throw RecordFault.of('the result is a list of lists');
    return value;
  });
}

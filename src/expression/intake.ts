import type { AttributeSpec } from '../model/attribute.ts';
import type { Value, ValueType } from '../model/value.ts';
import { parseDate, parseInstant } from './calendar.ts';
import { spelling } from './attributes.ts';
import { limits, tooLong } from './limits.ts';
import { PictureMark } from './picture-mark.ts';
import { RecordFault } from './record-fault.ts';

/** Turns the value of one attribute, neither absent nor null, into what CEL works with. @throws RecordFault */
export type Intake = (value: Value) => unknown;

/**
 * The intake of an attribute. A value that is not of the declared type is a fault of the record that names attribute
 * and type, never the value: a text where a number is declared would otherwise compare as if it were one.
 */
export function intakeOf(attribute: AttributeSpec): Intake {
  const place = spelling(attribute.name);
  const list = /^list<(\w+)>$/.exec(attribute.type)?.[1];
  if (list !== undefined)
    return listIntake(elementIntake(list as ValueType, attribute.type, place), attribute.type, place);
  return elementIntake(attribute.type, attribute.type, place);
}

function listIntake(element: Intake, type: string, place: string): Intake {
  return (value) => {
    if (!Array.isArray(value)) throw wrongType(place, type);
    if (value.length > limits.listLength) throw tooLong('list', limits.listLength, 'elements', `${place}: `);
    return value.map(element);
  };
}

/** As `intakeOf`, of one element of a list that is declared so. */
export function elementIntake(type: ValueType, declared: string, place: string): Intake {
  const convert = conversions[type];
  return (value) => {
    const taken = convert?.(value);
    if (taken === undefined) throw wrongType(place, declared);
    if (typeof taken === 'string' && taken.length > limits.textLength) {
      throw tooLong('text', limits.textLength, 'characters', `${place}: `);
    }
    return taken;
  };
}

/** What CEL works with; undefined for a value of another type. */
const conversions: Readonly<Partial<Record<ValueType, Intake>>> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  int: (value) => (Number.isSafeInteger(value) ? BigInt(value as number) : undefined),
  decimal: (value) => (Number.isFinite(value) ? value : undefined),
  bool: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => (typeof value === 'string' ? parseDate(value) : undefined),
  instant: (value) => (typeof value === 'string' ? parseInstant(value) : undefined),
  picture: (value) => (typeof value === 'string' ? new PictureMark(value) : undefined),
};

export function wrongType(place: string, type: string): RecordFault {
  return RecordFault.of(`${place} is declared as ${type}, and this record has another type there`);
}

import type { AttributeSpec } from '../model/attribute.ts';
import type { Value, ValueType } from '../model/value.ts';
import { parseDate, parseInstant } from './calendar.ts';
import { spelling } from './attributes.ts';
import { limits, tooLong } from './limits.ts';
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

function elementIntake(type: ValueType, declared: string, place: string): Intake {
  switch (type) {
    case 'text':
      return (value) => {
        if (typeof value !== 'string') throw wrongType(place, declared);
        if (value.length > limits.textLength)
          throw tooLong('text', limits.textLength, 'characters', `${place}: `);
        return value;
      };
    case 'int':
      return (value) => {
        if (!Number.isSafeInteger(value)) throw wrongType(place, declared);
        return BigInt(value as number);
      };
    case 'decimal':
      return (value) => {
        if (!Number.isFinite(value)) throw wrongType(place, declared);
        return value;
      };
    case 'bool':
      return (value) => {
        if (typeof value !== 'boolean') throw wrongType(place, declared);
        return value;
      };
    case 'date':
      return (value) => (typeof value === 'string' ? parseDate(value) : undefined) ?? fail(place, declared);
    case 'instant':
      return (value) =>
        (typeof value === 'string' ? parseInstant(value) : undefined) ?? fail(place, declared);
    default:
      throw new TypeError(`${place} is a list of ${type}, which no attribute can be`);
  }
}

function fail(place: string, type: string): never {
  throw wrongType(place, type);
}

function wrongType(place: string, type: string): RecordFault {
  return new RecordFault(`${place} is declared as ${type}, and this record has another type there`);
}

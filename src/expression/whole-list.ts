import type { ASTNode } from '@marcbachmann/cel-js';
import type { ValueType } from '../model/value.ts';
import { spelling } from './attributes.ts';
import type { Expression } from './expression.ts';
import { elementIntake, wrongType } from './intake.ts';
import { limits, tooLong } from './limits.ts';
import { BoundRecord } from './record.ts';
import { RecordFault } from './record-fault.ts';
import { attributeOfVariable, type Shared } from './resolution.ts';

/**
 * How an expression that is nothing but a list of the record is evaluated: handed on as it is, so that it may be longer
 * than what expressions work with. Undefined for every other expression.
 */
export function wholeList(root: ASTNode, shared: Shared): Expression['evaluate'] | undefined {
  const id = root.op === 'id' ? attributeOfVariable(root.args) : undefined;
  const attribute = id === undefined ? undefined : shared.attributes.all[id];
  const element = /^list<(\w+)>$/.exec(attribute?.type ?? '')?.[1];
  if (id === undefined || attribute === undefined || element === undefined) return undefined;
  const { name, type } = attribute;
  const place = spelling(name);
  const check = elementIntake(element as ValueType, type, place);
  return ({ opaque }) => {
    if (!(opaque instanceof BoundRecord) || opaque.owner !== shared.records) {
      throw new TypeError('the record was bound by another compiler');
    }
    const value = opaque.raw(id);
    if (value === undefined) return { kind: 'absent', attributes: [name] };
    try {
      if (!Array.isArray(value)) throw wrongType(place, type);
      if (value.length > limits.wholeList) throw tooLong('list', limits.wholeList, 'elements', `${place}: `);
      for (const one of value) check(one);
      return { kind: 'value', value };
    } catch (error) {
      if (error instanceof RecordFault) return { kind: 'error', message: error.message };
      throw error;
    }
  };
}

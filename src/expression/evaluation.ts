import { EvaluationError } from '@marcbachmann/cel-js';
import type { Evaluation, Expression } from './expression.ts';
import type { Program } from './program.ts';
import { absence, RecordFault } from './record-fault.ts';
import { BoundRecord } from './record.ts';
import type { Shared, Variables } from './resolution.ts';
import { toValue } from './value-types.ts';

/** Makes `evaluate` of an expression. `reads` stands for what is absent where nothing tells it more exactly. */
export function evaluator(
  program: Program,
  reads: readonly string[],
  shared: Shared,
): Expression['evaluate'] {
  const { absences, meter, records } = shared;
  const variables = Object.create(shared.variables) as Variables;
  const absent = (): Evaluation => {
    return { kind: 'absent', attributes: absences.names.length === 0 ? reads : absences.sorted() };
  };
  return ({ opaque }) => {
    if (!(opaque instanceof BoundRecord) || opaque.owner !== records) {
      throw new TypeError('the record was bound by another compiler');
    }
    variables.record = opaque;
    absences.forget(0);
    meter.start();
    try {
      const result = program(variables);
      return result === absence ? absent() : { kind: 'value', value: toValue(result) };
    } catch (error) {
      return error === absence ? absent() : { kind: 'error', message: messageOfFault(error) };
    }
  };
}

/** CEL's own messages can hold values of the record, so only its codes are used. */
const celFaults: Readonly<Record<string, string>> = {
  numeric_overflow: 'a whole number becomes too large',
  division_by_zero: 'a number is divided by zero',
  modulo_by_zero: 'a number is divided by zero',
  index_out_of_bounds: 'a list has no element at this place',
  no_such_key: 'a map has no such key',
};

function messageOfFault(error: unknown): string {
  if (error instanceof RecordFault) return error.message;
  if (error instanceof EvaluationError) return celFaults[error.code] ?? `it has no result (${error.code})`;
  // Anything else is our own mistake, and no person's fault: it must be seen.
  throw error;
}

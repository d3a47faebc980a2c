import { Environment as Cel, Optional } from '@marcbachmann/cel-js';
import { CalendarDate, Instant } from './calendar.ts';
import { registerChoices } from './choice-macros.ts';
import type { LookupTable } from './expression.ts';
import { allFunctions, innerName } from './functions/all.ts';
import type { FunctionDefinition, Signature } from './functions/definition.ts';
import { limits, type Meter } from './limits.ts';
import { PictureMark } from './picture-mark.ts';
import type { Absences } from './record-fault.ts';
import { celName } from './value-types.ts';

type Call = (...values: unknown[]) => unknown;

/** CEL with our types, operators and functions; variables come as expressions need them. */
export function makeCel(meter: Meter, absences: Absences): Cel {
  const cel = new Cel({
    enableOptionalTypes: true,
    limits: {
      maxAstNodes: limits.nodes,
      maxDepth: limits.depth,
      maxCallArguments: 32,
      maxListElements: limits.listLength,
    },
  });
  cel.registerType('date', CalendarDate);
  cel.registerType('instant', Instant);
  cel.registerType('picture', PictureMark);
  registerOrder(cel, 'date', (date: CalendarDate) => date.text);
  registerOrder(cel, 'instant', (moment: Instant) => moment.epochMs);
  for (const definition of allFunctions) registerFunction(cel, definition, meter);
  registerChoices(cel, absences);
  return cel;
}

/** A function with its arguments and its result accounted for. */
export function metered({ call, work }: Signature, meter: Meter): Call {
  const pure = call as Call;
  const extra = work as ((...values: unknown[]) => number) | undefined;
  return (...values) => {
    for (const value of values) meter.weigh(value);
    if (extra !== undefined) meter.spend(extra(...values));
    const result = pure(...values);
    meter.weigh(result);
    return result;
  };
}

/** Registers the functions that read one column of one table; `inner` is the name for the value. */
export function registerColumn(
  cel: Cel,
  inner: { readonly value: string; readonly optional: string },
  table: LookupTable,
  column: string,
  absences: Absences,
): void {
  const cell = (key: string): string | undefined => {
    const row = table.rows.get(key);
    return row !== undefined && Object.hasOwn(row, column) ? row[column] || undefined : undefined;
  };
  const sync = { async: false };
  const value = (_table: string, key: string): string => cell(key) ?? absences.fail(`lookup:${table.name}`);
  const optional = (_table: string, key: string): Optional<string> => optionalOf(cell(key));
  cel.registerFunction(`${inner.value}(string, string): string`, value, sync);
  cel.registerFunction(`${inner.optional}(string, string): optional<string>`, optional, sync);
}

/** CEL's optional of a value; none for undefined. */
export function optionalOf<T>(value: T | undefined): Optional<T> {
  return value === undefined ? Optional.none() : Optional.of(value);
}

function registerFunction(cel: Cel, definition: FunctionDefinition, meter: Meter): void {
  const method = definition.form === 'method';
  for (const signature of definition.signatures) {
    const { parameters, result, call } = signature;
    if (call === undefined) continue;
    const types = parameters.map(({ type }) => celName(type));
    const [receiver, ...rest] = types;
    const name = innerName(definition.name);
    const head = method ? `${receiver}.${name}(${rest.join(', ')})` : `${name}(${types.join(', ')})`;
    cel.registerFunction(`${head}: ${celName(result)}`, metered(signature, meter), { async: false });
  }
}

/** What compares: the text of a date sorts as the days do. */
type Key<T> = (value: T) => string | number;

function registerOrder<T>(cel: Cel, type: string, key: Key<T>): void {
  cel.registerOperator(`${type} == ${type}`, (a: T, b: T) => key(a) === key(b));
  cel.registerOperator(`${type} < ${type}`, (a: T, b: T) => key(a) < key(b));
  cel.registerOperator(`${type} <= ${type}`, (a: T, b: T) => key(a) <= key(b));
  cel.registerOperator(`${type} > ${type}`, (a: T, b: T) => key(a) > key(b));
  cel.registerOperator(`${type} >= ${type}`, (a: T, b: T) => key(a) >= key(b));
}

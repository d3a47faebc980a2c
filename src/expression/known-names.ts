import { allFunctions, celMacros, optionalMethods } from './functions/all.ts';
import { nearest } from '../model/nearest.ts';

/** Functions that are called by their name, and those that stand behind a dot. */
export const functions = new Map(
  allFunctions.filter(({ form }) => form !== 'method').map((one) => [one.name, one]),
);
export const methods = new Map(
  allFunctions.filter(({ form }) => form === 'method').map((one) => [one.name, one]),
);
/** Everything that may stand behind a dot. */
export const methodNames = [...methods.keys(), ...celMacros, ...optionalMethods];
const functionNames = [...functions.keys(), 'has'];

/** What may be meant by the name of a function that is none. */
export function insteadOfFunction(name: string): string | undefined {
  return insteadOf(name, functionNames, [...methods.keys()]);
}

/** What may be meant by a name behind a dot that is none. */
export function insteadOfMethod(name: string): string | undefined {
  return insteadOf(name, methodNames, [...functions.keys()]);
}

/** CEL's own names for what we call otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  string: 'text(x)',
  double: 'decimal(x)',
  timestamp: 'date(x)',
  lowerAscii: 'lower(x)',
  upperAscii: 'upper(x)',
  toLowerCase: 'lower(x)',
  toUpperCase: 'upper(x)',
  coalesce: 'firstPresent(a, b)',
  now: 'today',
  today: 'today, without brackets',
};

function insteadOf(name: string, same: readonly string[], other: readonly string[]): string | undefined {
  if (Object.hasOwn(otherNames, name)) return `did you mean ${otherNames[name]}?`;
  if (other.includes(name)) return functions.has(name) ? `write ${name}(x)` : `write x.${name}(…)`;
  const near = nearest(name, same);
  return near === undefined ? undefined : `did you mean ${near}?`;
}

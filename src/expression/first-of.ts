import { absence, type Absences, RecordFault } from './record-fault.ts';

/**
 * The first candidate that is neither absent nor empty; `absence` where there is none. A candidate gives `absence` or
 * throws it. With `skipsFaults` a faulty one is passed over, and its fault is thrown where nothing valid follows.
 */
export function firstOf<T>(
  candidates: readonly ((from: T) => unknown)[],
  from: T,
  skipsFaults: boolean,
  absences: Absences,
): unknown {
  const mark = absences.names.length;
  let fault: unknown;
  for (const candidate of candidates) {
    try {
      const value = candidate(from);
      if (value === absence || value === '' || (Array.isArray(value) && value.length === 0)) continue;
      absences.forget(mark);
      return value;
    } catch (error) {
      if (error === absence) continue;
      if (!skipsFaults || (error instanceof RecordFault && error.final)) throw error;
      fault ??= error;
    }
  }
  // An error is more than an absence: with it, a target's value must not be cleared as if there were none.
  if (fault !== undefined) throw fault;
  return absence;
}

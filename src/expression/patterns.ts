import { RE2JS } from 're2js';
import { limits } from './limits.ts';
import { RecordFault } from './record-fault.ts';

/** Patterns made ready, the oldest first. Bounded, as a pattern may come from a record. */
const ready = new Map<string, RE2JS>();
const mostReady = 256;

/** What is wrong with a pattern (RE2 syntax), or undefined. */
export function faultOfPattern(pattern: string): string | undefined {
  if (pattern.length > limits.patternLength) return `it is longer than ${limits.patternLength} characters`;
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch {
    return 'it is no pattern of RE2 syntax (look-around and back-references are not part of it)';
  }
}

/** A pattern ready for use, which takes linear time. @throws RecordFault for one that is none. */
export function patternOf(pattern: string): RE2JS {
  const cached = ready.get(pattern);
  if (cached !== undefined) return cached;
  if (faultOfPattern(pattern) !== undefined)
    throw RecordFault.of('a pattern is not of RE2 syntax or too long');
  const made = RE2JS.compile(pattern);
  if (ready.size >= mostReady) {
    const oldest = ready.keys().next();
    if (oldest.done !== true) ready.delete(oldest.value);
  }
  ready.set(pattern, made);
  return made;
}

import type { VendorRequest } from '../../loopback.ts';
import { Refusal, sections } from '../refusal.ts';

/** What a request of v1 says, by name: `key:value` pairs of the path, or the fields of its form. */
export type Arguments = ReadonlyMap<string, string>;

const invalid = () => new Refusal(400, sections.v1, 'Invalid arguments provided');

/** The pairs behind the action, separated by commas. A value with a comma or a colon must come encoded. */
export function pairsOf(text: string): Arguments {
  if (text === '') return new Map();
  return new Map(
    text.split(',').map((pair) => {
      const [key = '', value, ...more] = pair.split(':');
      if (key === '' || value === undefined || more.length > 0) throw invalid();
      return [key, decoded(value)] as const;
    }),
  );
}

/** The fields of a form. A JSON body is none: the vendor has `http_build_query` on the other side. */
export function formOf({ form }: VendorRequest): Arguments {
  if (form === undefined) throw invalid();
  return new Map(form);
}

/** Refuses arguments that are not documented for the action. */
export function only(given: Arguments, allowed: readonly (string | RegExp)[]): void {
  for (const key of given.keys()) {
    if (!allowed.some((one) => (typeof one === 'string' ? one === key : one.test(key)))) throw invalid();
  }
}

export function wanted(given: Arguments, key: string): string {
  const value = given.get(key);
  if (value === undefined || value.trim() === '') throw invalid();
  return value.trim();
}

export function idIn(given: Arguments, key: string): number {
  const text = wanted(given, key);
  if (!/^\d+$/.test(text)) throw invalid();
  return Number(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

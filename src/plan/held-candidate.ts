import type { Value } from '../model/value.ts';
import type { Prepared } from './prepared.ts';
import { alike } from './prepared.ts';

/** Longest number that is looked for at the end of a text. */
const mostDigits = 6;

/**
 * The candidate that the account holds already, as we spell it: it stays, also when one that is dearer became free.
 * Of several candidates the first; with a counter also the last one with a number behind it.
 */
export function heldCandidate(
  attribute: Prepared,
  candidates: readonly string[],
  before: Value | undefined,
): string | undefined {
  const held = candidates.find((one) => alike(attribute, one, before));
  if (held !== undefined || !hasCounter(attribute) || typeof before !== 'string') return held;
  const last = candidates.at(-1) ?? '';
  const digits = /\d+$/.exec(partsOf(before)[0])?.[0].slice(-mostDigits) ?? '';
  for (let length = 1; length <= digits.length; length += 1) {
    const text = digits.slice(-length);
    const counted = numbered(last, Number(text));
    if (!text.startsWith('0') && Number(text) >= 2 && alike(attribute, counted, before)) return counted;
  }
  return undefined;
}

export function hasCounter({ mapped: { result } }: Prepared): boolean {
  return result.kind === 'unique' && result.counter;
}

/** `ada.lovelace2`; in an address the number stands before the @. */
export function numbered(candidate: string, number: number): string {
  const [name, domain] = partsOf(candidate);
  return `${name}${number}${domain}`;
}

function partsOf(text: string): readonly [name: string, domain: string] {
  const at = text.lastIndexOf('@');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

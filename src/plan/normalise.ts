import { plainLetters } from '../model/plain-letters.ts';
import type { Value } from '../model/value.ts';
import type { Normalisation } from '../spec/compiled.ts';

/**
 * What does not count when people and accounts are matched, taken out of a value of either side. What is left may be
 * empty (a phone number without a digit): that proves nothing, as an empty value does.
 */
export function normaliser(kinds: readonly Normalisation[] = []): (value: Value) => Value {
  if (kinds.length === 0) return (value) => value;
  // In a fixed order: without accents first, so that the small form of a letter is that of its plain form.
  const steps = order.filter((kind) => kinds.includes(kind)).map((kind) => forms[kind]);
  return (value) =>
    typeof value === 'string' ? steps.reduce((text, step) => step(text), value.trim()) : value;
}

const order: readonly Normalisation[] = ['diacritics', 'case', 'digits'];

const forms: Readonly<Record<Normalisation, (text: string) => string>> = {
  case: (text) => text.normalize().toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ'),
  diacritics: (text) =>
    text
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(notPlain, (letter) => plainLetters[letter] ?? letter)
      .normalize(),
  digits: (text) => text.normalize('NFKC').replaceAll(/[^0-9]/g, ''),
};

/** Found by one test of a letter, since nearly every letter is none of them. */
const notPlain = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu');

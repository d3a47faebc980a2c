import { absence } from '../record-fault.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

const full = parameter('name', 'text');

/** Titles that are no name; what stands behind a comma is left out in the same way. */
const titles = new Set(
  'dr prof mag ing dipl mr mrs ms miss mx sir dame herr frau hr fr phd md msc bsc mba jr sr ii iii'.split(
    ' ',
  ),
);

/** Words that belong to the family name that follows them. */
const particles = new Set(
  'af al ap av ben bin da dal de del della den der des di do dos du el ibn la le lo ten ter til van vom von zu zum zur'.split(
    ' ',
  ),
);

/** A full name in one attribute, taken apart as far as a text can tell. */
export const namePartFunctions: readonly FunctionDefinition[] = [
  {
    name: 'givenName',
    family: 'names',
    form: 'function',
    signatures: [
      { parameters: [full], result: 'text', call: (text: string) => present(partsOf(text).given) },
    ],
    meaning:
      'The given names of a full name: what stands behind the comma, or else all but the last word and the particles before it (van, de la). Titles are left out. Which part is which nobody can tell for every culture: where the source has the parts, read those.',
    examples: [
      { text: 'givenName("Dr. Anna Maria Lund")', gives: 'Anna Maria' },
      { text: 'givenName("Lund, Anna Maria")', gives: 'Anna Maria' },
      { text: 'givenName("Björk")', gives: 'Björk' },
    ],
    entra: ['Word'],
  },
  {
    name: 'familyName',
    family: 'names',
    form: 'function',
    signatures: [
      { parameters: [full], result: 'text', call: (text: string) => present(partsOf(text).family) },
    ],
    meaning: 'The family name of a full name, in the same way; absent for a single word.',
    examples: [
      { text: 'familyName("Ludwig van Beethoven")', gives: 'van Beethoven' },
      { text: 'familyName("de la Cruz, Ana")', gives: 'de la Cruz' },
      { text: 'familyName("Björk")', gives: { not: 'absent' } },
    ],
    entra: ['Word'],
  },
  {
    name: 'initials',
    family: 'names',
    form: 'function',
    signatures: [{ parameters: [full], result: 'text', call: (text: string) => present(initials(text)) }],
    meaning: 'The first letter of each word and of each part behind a hyphen, in capitals.',
    examples: [{ text: 'initials("Anna-Maria Lund")', gives: 'AML' }],
    entra: ['Left'],
  },
  {
    name: 'words',
    family: 'lists',
    form: 'function',
    signatures: [{ parameters: [parameter('x', 'text')], result: 'list<text>', call: wordsOf }],
    meaning:
      'The words of a text, without the blanks between them. `words(x)[?1]` is the second, where there is one.',
    examples: [{ text: 'words(" Sales  EMEA ")', gives: ['Sales', 'EMEA'] }],
    entra: ['Word'],
  },
];

function partsOf(text: string): { readonly given: string; readonly family: string } {
  const comma = text.indexOf(',');
  if (comma >= 0) {
    const behind = wordsOf(text.slice(comma + 1).replaceAll(',', ' ')).filter(isName);
    if (behind.length > 0)
      return { given: behind.join(' '), family: wordsOf(text.slice(0, comma)).filter(isName).join(' ') };
  }
  const words = wordsOf(text.replaceAll(',', ' ')).filter(isName);
  let from = words.length - 1;
  while (from > 1 && particles.has((words[from - 1] ?? '').toLowerCase())) from -= 1;
  if (from < 1) return { given: words.join(' '), family: '' };
  return { given: words.slice(0, from).join(' '), family: words.slice(from).join(' ') };
}

/** `Dr.-Ing.` is two titles in one word. */
function isName(word: string): boolean {
  const parts = word.toLowerCase().split(/[.-]/).filter(Boolean);
  return parts.length > 0 && !parts.every((part) => titles.has(part));
}

function initials(text: string): string {
  return text
    .split(/[\s-]+/)
    .map((part) => /^[^\p{L}\p{N}]*(\p{L})/u.exec(part)?.[1] ?? '')
    .join('')
    .toUpperCase();
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function present(text: string): string {
  if (text === '') throw absence;
  return text;
}

import { plainLetters } from '../../model/plain-letters.ts';
import { RecordFault } from '../record-fault.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

const x = parameter('x', 'text');
const table = parameter('table', 'text', (name) =>
  Object.hasOwn(tables, name) ? undefined : `it is none of ${Object.keys(tables).join(', ')}`,
);

/** Letters, and signs beside them, that Unicode does not take apart into plain ones. */
const letters: Readonly<Record<string, string>> = {
  ...plainLetters,
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
};

/** Languages that write an accent as another letter. */
const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' },
};

/** What names need: case, and spellings that a login or a mail address can carry. */
export const nameFunctions: readonly FunctionDefinition[] = [
  {
    name: 'titleCase',
    family: 'names',
    form: 'function',
    signatures: [
      { parameters: [x], result: 'text', call: (text: string) => titleCase(text, []) },
      { parameters: [x, parameter('particles', 'list<text>')], result: 'text', call: titleCase },
    ],
    meaning:
      'A capital at the start of each word, behind hyphens and apostrophes, all else small; the particles stay small.',
    examples: [
      { text: `titleCase("o'neill")`, gives: "O'Neill" },
      { text: 'titleCase("müller-lüdenscheidt")', gives: 'Müller-Lüdenscheidt' },
      { text: 'titleCase("LUDWIG VAN BEETHOVEN", ["van", "der"])', gives: 'Ludwig van Beethoven' },
    ],
    entra: ['PCase'],
  },
  {
    name: 'ascii',
    family: 'names',
    form: 'function',
    signatures: [
      { parameters: [x], result: 'text', call: (text: string) => ascii(text, undefined) },
      { parameters: [x, table], result: 'text', call: ascii },
    ],
    meaning:
      'Letters without accents, ß as ss; with the table "de" ä as ae, ö as oe, ü as ue. A letter without such a form is an error of the record.',
    examples: [
      { text: 'ascii("Łukasz Strauß")', gives: 'Lukasz Strauss' },
      { text: 'ascii("Jürgen", "de")', gives: 'Juergen' },
      { text: 'ascii("Анна")', gives: { not: 'error' } },
    ],
    entra: ['NormalizeDiacritics'],
  },
  {
    name: 'slug',
    family: 'names',
    form: 'function',
    signatures: [
      { parameters: [x], result: 'text', call: (text: string) => slug(text, undefined) },
      { parameters: [x, table], result: 'text', call: slug },
    ],
    meaning: 'Like `ascii`, in small letters and digits, with a hyphen for each run of anything else.',
    examples: [{ text: 'slug("Jörg Groß, Dr.", "de")', gives: 'joerg-gross-dr' }],
    entra: ['NormalizeDiacritics'],
  },
];

function titleCase(text: string, particles: readonly string[]): string {
  const small = new Set(particles.map((particle) => particle.toLowerCase()));
  return text
    .toLowerCase()
    .split(/(\s+)/)
    .map((word) => (small.has(word) ? word : capitals(word)))
    .join('');
}

/** A capital behind an apostrophe only before two letters or more: O'Neill, but Jenny's. */
function capitals(word: string): string {
  return word.replaceAll(/(^|-)(\p{L})|(['’])(\p{L})(?=\p{L})/gu, (all) => all.toUpperCase());
}

function ascii(text: string, language: string | undefined): string {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  const own = language === undefined ? {} : tableOf(language);
  let result = '';
  for (const letter of text.normalize('NFC'))
    result += own[letter] ?? letters[letter] ?? withoutAccents(letter);
  return result;
}

function tableOf(language: string): Readonly<Record<string, string>> {
  const found = Object.hasOwn(tables, language) ? tables[language] : undefined;
  if (found === undefined) throw RecordFault.of('ascii() was given a table that does not exist');
  return found;
}

function withoutAccents(letter: string): string {
  const plain = letter.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const spelled = plain.length === 1 ? (letters[plain] ?? plain) : plain;
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(spelled)) return spelled;
  throw RecordFault.of('a text has a letter without an ASCII form');
}

function slug(text: string, language: string | undefined): string {
  return ascii(text, language)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

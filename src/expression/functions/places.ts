import { createRequire } from 'node:module';
import { RecordFault } from '../record-fault.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

/** Loaded with the first country of three letters that is asked for. */
const load = createRequire(import.meta.url);
let codes: typeof import('iso-3166') | undefined;
const library = () => (codes ??= load('iso-3166') as typeof import('iso-3166'));

const x = parameter('x', 'text');
const inLanguage = parameter('language', 'text', faultOfLanguage);

/** Countries (ISO 3166-1) and languages (BCP 47), from codes and from names as people write them. */
export const placeFunctions: readonly FunctionDefinition[] = [
  {
    name: 'country',
    family: 'places',
    form: 'function',
    signatures: [
      { parameters: [x], result: 'text', call: (text: string) => countryOf(text, 'en') },
      { parameters: [x, inLanguage], result: 'text', call: countryOf },
    ],
    meaning:
      'The code of two letters of a country, from its code of two or three letters or digits, or its name, in English or in `language`. Anything else is an error of the record.',
    examples: [
      { text: 'country("Germany")', gives: 'DE' },
      { text: 'country("deu")', gives: 'DE' },
      { text: 'country("Österreich", "de")', gives: 'AT' },
      { text: 'country("Atlantis")', gives: { not: 'error' } },
    ],
  },
  {
    name: 'country3',
    family: 'places',
    form: 'function',
    signatures: [
      { parameters: [x], result: 'text', call: (text: string) => threeLetters(countryOf(text, 'en')) },
    ],
    meaning: 'The code of three letters of a country, from what `country` takes.',
    examples: [{ text: 'country3("DE")', gives: 'DEU' }],
  },
  {
    name: 'countryName',
    family: 'places',
    form: 'function',
    signatures: [
      {
        parameters: [x, inLanguage],
        result: 'text',
        call: (text: string, language: string) =>
          nameOf('region', countryOf(text, language), language, 'country'),
      },
    ],
    meaning: 'The name of a country in a language, from what `country` takes.',
    examples: [{ text: 'countryName("DE", "fr")', gives: 'Allemagne' }],
  },
  {
    name: 'language',
    family: 'places',
    form: 'function',
    signatures: [{ parameters: [x], result: 'text', call: languageOf }],
    meaning:
      'The shortest code of a language, without its country, from a code of two or three letters, a tag, or its English name. Anything else is an error of the record.',
    examples: [
      { text: 'language("de_AT")', gives: 'de' },
      { text: 'language("deu")', gives: 'de' },
      { text: 'language("German")', gives: 'de' },
      { text: 'language("Klingonish")', gives: { not: 'error' } },
    ],
  },
  {
    name: 'languageName',
    family: 'places',
    form: 'function',
    signatures: [
      {
        parameters: [x, inLanguage],
        result: 'text',
        call: (text: string, language: string) => nameOf('language', languageOf(text), language, 'language'),
      },
    ],
    meaning: 'The name of a language in a language, from what `language` takes.',
    examples: [{ text: 'languageName("de", "en")', gives: 'German' }],
  },
];

function faultOfLanguage(tag: string): string | undefined {
  return isLanguage(tag) ? undefined : 'it is no language tag such as "de"';
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.DisplayNames.supportedLocalesOf(tag).length === 1;
  } catch {
    return false;
  }
}

function countryOf(text: string, language: string): string {
  const written = text.trim();
  const { iso31661Alpha2ToAlpha3, iso31661Alpha3ToAlpha2, iso31661NumericToAlpha2 } = library();
  const code = written.toUpperCase();
  if (Object.hasOwn(iso31661Alpha2ToAlpha3, code)) return code;
  for (const table of [iso31661Alpha3ToAlpha2, iso31661NumericToAlpha2]) {
    const found = Object.hasOwn(table, code) ? table[code] : undefined;
    if (found !== undefined) return found;
  }
  const found = namesIn('region', language).get(folded(written));
  if (found === undefined) throw RecordFault.of('country() was given a text that names no country');
  return found;
}

function threeLetters(code: string): string {
  return library().iso31661Alpha2ToAlpha3[code] ?? code;
}

function languageOf(text: string): string {
  const written = text.trim();
  const named = namesIn('language', 'en').get(folded(written));
  if (named !== undefined) return named;
  if (/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(written)) {
    const [tag] = Intl.getCanonicalLocales(written.replaceAll('_', '-'));
    const code = tag === undefined ? undefined : new Intl.Locale(tag).language;
    if (code !== undefined && namesIn('language', 'en').has(`code ${code}`)) return code;
  }
  throw RecordFault.of('language() was given a text that names no language');
}

function nameOf(type: 'region' | 'language', code: string, language: string, what: string): string {
  const names = namesFor(type, language);
  const name = names?.of(code);
  if (name === undefined) throw RecordFault.of(`${what}Name() knows no name in this language`);
  return name;
}

/** At most so many languages are kept ready: a column of rubbish must not fill the memory. */
const mostLanguages = 64;
const displays = new Map<string, Intl.DisplayNames>();
const tables = new Map<string, ReadonlyMap<string, string>>();

function namesFor(type: 'region' | 'language', language: string): Intl.DisplayNames {
  const key = `${type} ${language}`;
  const known = displays.get(key);
  if (known !== undefined) return known;
  if (!isLanguage(language)) throw RecordFault.of('a language was asked for that is none');
  const made = new Intl.DisplayNames(language, { type, fallback: 'none' });
  if (displays.size < mostLanguages) displays.set(key, made);
  return made;
}

/** Codes by their names in a language. For languages also each code itself, as `code de`. */
function namesIn(type: 'region' | 'language', language: string): ReadonlyMap<string, string> {
  const key = `${type} ${language}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const display = namesFor(type, language);
  const names = new Map<string, string>();
  for (const code of type === 'region' ? Object.keys(library().iso31661Alpha2ToAlpha3) : languageCodes()) {
    const name = display.of(code);
    if (name === undefined) continue;
    names.set(folded(name), code);
    if (type === 'language') names.set(`code ${code}`, code);
  }
  if (tables.size < mostLanguages) tables.set(key, names);
  return names;
}

/** Every code of two or three letters that the runtime has a name for, the short one where there are both. */
function languageCodes(): readonly string[] {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
  const pairs = letters.flatMap((one) => letters.map((other) => one + other));
  const threes = pairs.flatMap((pair) => letters.map((last) => pair + last));
  const display = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return [...threes, ...pairs].filter(
    (code) => Intl.getCanonicalLocales(code)[0] === code && display.of(code) !== undefined,
  );
}

function folded(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

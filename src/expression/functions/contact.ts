import { createRequire } from 'node:module';
import { absence, RecordFault } from '../record-fault.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

/** Loaded with the first number that is asked for: a command that meets none starts without it. */
const load = createRequire(import.meta.url);
let phones: typeof import('libphonenumber-js/min') | undefined;
const library = () => (phones ??= load('libphonenumber-js/min') as typeof import('libphonenumber-js/min'));

const address = parameter('address', 'text');
const country = parameter('country', 'text', (code) =>
  library().isSupportedCountry(code.toUpperCase())
    ? undefined
    : 'it is no country of two letters such as "DE"',
);

const number = parameter('number', 'text');
/** The number is looked for in the text, more than once. */
const searching = (text: string) => text.length;

/** Telephone numbers and mail addresses. */
export const contactFunctions: readonly FunctionDefinition[] = [
  {
    name: 'phone',
    family: 'contact',
    form: 'function',
    signatures: [
      { parameters: [number], result: 'text', call: (text: string) => e164(text), work: searching },
      { parameters: [number, country], result: 'text', call: e164, work: searching },
    ],
    meaning:
      'A telephone number in the form E.164, without extension; one written without its country is one of `country` (two letters). A number that cannot be one is an error of the record.',
    examples: [
      { text: 'phone("030 / 1234 567", "DE")', gives: '+49301234567' },
      { text: 'phone("+49 (0)30 1234567")', gives: '+49301234567' },
      { text: 'phone("0044 20 7946 0958", "DE")', gives: '+442079460958' },
      { text: 'phone("call me", "DE")', gives: { not: 'error' } },
      { text: 'phone("030 1234567")', gives: { not: 'error' } },
    ],
  },
  {
    name: 'localPart',
    family: 'contact',
    form: 'function',
    signatures: [{ parameters: [address], result: 'text', call: (text: string) => partsOf(text)[0] }],
    meaning: 'What stands before the last `@` of a mail address; absent where there is none.',
    examples: [
      { text: 'localPart("ada.king@example.com")', gives: 'ada.king' },
      { text: 'localPart("ada.king")', gives: { not: 'absent' } },
    ],
    entra: ['Mid'],
  },
  {
    name: 'domain',
    family: 'contact',
    form: 'function',
    signatures: [
      { parameters: [address], result: 'text', call: (text: string) => partsOf(text)[1].toLowerCase() },
    ],
    meaning:
      'What stands behind the last `@` of a mail address, in small letters; absent where there is none.',
    examples: [{ text: 'domain("Ada@Example.com")', gives: 'example.com' }],
    entra: ['Mid'],
  },
];

/** Longer texts are no telephone numbers; the library reads no further either. */
const longestNumber = 250;

function e164(text: string, region?: string): string {
  const { isSupportedCountry, parsePhoneNumberFromString } = library();
  const code = region?.toUpperCase();
  if (code !== undefined && !isSupportedCountry(code))
    throw RecordFault.of('phone() was given a country that is none of two letters');
  const found = text.length > longestNumber ? undefined : parsePhoneNumberFromString(text, code);
  if (found?.isPossible() !== true)
    throw RecordFault.of('phone() was given a text that is no telephone number, or one without its country');
  return found.number;
}

function partsOf(text: string): readonly [string, string] {
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) throw absence;
  return [text.slice(0, at), text.slice(at + 1)];
}

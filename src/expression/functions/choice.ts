import { parameter, type FunctionDefinition } from './definition.ts';

const candidates = [parameter('a', 'A'), parameter('b', 'A'), parameter('...', 'A')];

/** The first of several values. Their arguments may be absent, which no other function's may. */
export const choiceFunctions: readonly FunctionDefinition[] = [
  {
    name: 'firstPresent',
    family: 'choice',
    form: 'macro',
    signatures: [{ parameters: candidates, result: 'A' }],
    meaning: 'The first that is neither absent nor empty; absent where none is.',
    examples: [
      { text: 'firstPresent("", "Ada")', gives: 'Ada' },
      { text: 'firstPresent("", "")', gives: { not: 'absent' } },
    ],
    entra: ['Coalesce'],
  },
  {
    name: 'firstValid',
    family: 'choice',
    form: 'macro',
    signatures: [{ parameters: candidates, result: 'A' }],
    meaning:
      'Like `firstPresent`, and passes over what is an error, such as a text that is no date; the error holds where nothing valid follows.',
    examples: [
      { text: 'firstValid(date("rubbish"), date("2026-03-01"))', gives: '2026-03-01' },
      { text: 'firstValid(date("rubbish"))', gives: { not: 'error' } },
    ],
    entra: ['Coalesce'],
  },
];

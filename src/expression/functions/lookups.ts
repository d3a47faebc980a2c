import { parameter, type FunctionDefinition } from './definition.ts';

/** Tables beside the specs. */
export const lookupFunctions: readonly FunctionDefinition[] = [
  {
    name: 'lookup',
    family: 'lookups',
    form: 'macro',
    signatures: [{ parameters: [parameter('table', 'text'), parameter('key', 'text')], result: 'row' }],
    meaning:
      'The row of a table; a column follows, `.name` or `["Cost center"]`, and is text. Table and column are constants and checked with the spec. No such row, or an empty cell: absent, as `lookup:table`; `.?name.orValue("-")` gives a default.',
    examples: [
      { text: 'lookup("divisions", "4711").name', gives: 'Sales' },
      { text: 'lookup("divisions", "none").?name.orValue("-")', gives: '-' },
      { text: 'lookup("divisions", "none").name', gives: { not: 'absent' } },
    ],
    entra: ['Switch'],
  },
];

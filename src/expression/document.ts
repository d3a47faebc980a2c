import { allFunctions } from './functions/all.ts';
import { families, type Example, type Family, type FunctionDefinition } from './functions/definition.ts';
import { withoutFunction } from './functions/entra.ts';
import { limits } from './limits.ts';
import { celNotThere, elsewhere, introduction, rules, uniqueValues } from './document-text.ts';

/** The text of docs/expressions.md, made from the definitions that the compiler works with. */
export function expressionsPage(): string {
  const sections = [
    introduction,
    rules,
    functionsSection(),
    uniqueValues,
    entraSection(),
    elsewhere,
    celNotThere,
    limitsSection(),
  ];
  return `${sections.map((section) => section.trim()).join('\n\n')}\n`;
}

const titles: Readonly<Record<Family, string>> = {
  text: 'Text',
  names: 'Names',
  contact: 'Telephone and mail',
  places: 'Countries and languages',
  patterns: 'Patterns',
  lists: 'Lists',
  dates: 'Dates',
  conversion: 'Conversion',
  choice: 'The first of several',
  lookups: 'Lookups',
};

function functionsSection(): string {
  const parts = families.map((family) => {
    const members = allFunctions.filter((one) => one.family === family);
    return `### ${titles[family]}\n\n${members.map(functionEntry).join('\n\n')}`;
  });
  return `## Functions\n\n${parts.join('\n\n')}`;
}

function functionEntry(definition: FunctionDefinition): string {
  const { name, meaning, examples, entra } = definition;
  const lines = [`**${name}** · ${signaturesOf(definition)}`, '', meaning];
  if (entra !== undefined) lines.push(`In Entra: ${entra.join(', ')}.`);
  return [...lines, '', ...examples.map(exampleLine)].join('\n');
}

function signaturesOf({ name, form, signatures }: FunctionDefinition): string {
  const written = signatures.map(({ parameters, result }) => {
    const types = parameters.map((one) => (one.name === '...' ? '…' : `${one.name}: ${one.type}`));
    if (form === 'variable') return `\`${name}: ${result}\``;
    if (form === 'method') return `\`(${types[0]}).${name}(${types.slice(1).join(', ')}): ${result}\``;
    return `\`${name}(${types.join(', ')}): ${result}\``;
  });
  return written.join(' · ');
}

function exampleLine({ text, gives }: Example): string {
  if (typeof gives === 'object' && 'not' in gives)
    return `- \`${text}\` is ${gives.not === 'error' ? 'an error' : 'absent'}`;
  return `- \`${text}\` gives \`${JSON.stringify(gives)}\``;
}

/** Every function of Entra with what stands for it here, by its name. */
function entraSection(): string {
  const instead = new Map<string, string>();
  for (const { name, entra = [] } of allFunctions) {
    for (const theirs of entra) {
      const before = instead.get(theirs);
      instead.set(theirs, before === undefined ? `\`${name}\`` : `${before}, \`${name}\``);
    }
  }
  for (const one of withoutFunction) instead.set(one.entra, one.instead);
  const rows = [...instead].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = rows.map(([theirs, ours]) => `| ${theirs} | ${ours.replaceAll('|', '\\|')} |`);
  return ['## For those who come from Entra', '', '| Entra | here |', '|---|---|', ...lines].join('\n');
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function limitsSection(): string {
  return `## Limits

What goes over one when a spec is checked is a fault of the spec; what goes over one when a record is evaluated is an
error of that record.

- An expression has at most ${count(limits.expressionLength)} characters, ${count(limits.nodes)} parts and ${limits.sums} \`+\`.
- \`all\`, \`exists\`, \`exists_one\`, \`filter\`, \`map\` stand at most ${limits.comprehensions} times in it, at most ${limits.comprehensionDepth} within each other,
  with at most ${limits.sumsInComprehension} \`+\` within them.
- A text has at most ${count(limits.textLength)} characters, a list ${count(limits.listLength)} elements, a pattern ${count(limits.patternLength)} characters.
  A list that is only handed on, as by \`source.tags\` alone, may have ${count(limits.wholeList)}.
- One evaluation may do ${count(limits.work)} units of work: a call is one, each 64 characters or element it handles is one more,
  and so is, for a pattern, each 64 times that a character may meet one of its steps.`;
}

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expressionsPage } from '../../src/expression/document.ts';
import { allFunctions } from '../../src/expression/functions/all.ts';

const page = new URL('../../docs/expressions.md', import.meta.url);

test('docs/expressions.md is what the definitions say; write expressionsPage() there when it is not', () => {
  expect(readFileSync(page, 'utf8')).toBe(expressionsPage());
});

test('each function is on the page with its meaning and an example', () => {
  for (const { name, meaning, examples } of allFunctions) {
    expect(expressionsPage()).toContain(`**${name}** · `);
    expect(expressionsPage()).toContain(meaning);
    expect(examples.length).toBeGreaterThan(0);
  }
});

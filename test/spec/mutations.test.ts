import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCompiler } from '../../src/expression/compiler.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import { compileSpecs } from '../../src/spec/compile/compile-specs.ts';
import { readDocuments } from '../../src/spec/documents.ts';
import { Findings } from '../../src/spec/findings.ts';
import { catalog } from './catalog.ts';

const texts = ['connections.yaml', 'staff-to-lms.yaml', 'shared.yml'].map((file) =>
  readFileSync(path.join(import.meta.dirname, 'examples/full', file), 'utf8'),
);

const splinters = [
  '',
  ' ',
  '\n',
  ':',
  '-',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '|',
  '>',
  '#',
  '&a',
  '*a',
  '!t',
  '~',
  '0',
  '\u0000',
  '\t',
  '? ',
  '---\n',
  '<<: ',
  '__proto__: ',
  'source.',
  '😀',
];

/** A slip of the hand: somewhere some characters go, and others come. */
const slip = fc.record({
  file: fc.nat(texts.length - 1),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat(12),
  added: fc.constantFrom(...splinters),
});

test('whatever slip of the hand a spec has, it is taken or every finding has a place in its file', () => {
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (slips) => {
      const mutated = [...texts];
      for (const { file, at, removed, added } of slips) {
        const text = mutated[file] ?? '';
        const start = Math.floor(at * text.length);
        mutated[file] = text.slice(0, start) + added + text.slice(start + removed);
      }

      const findings = findingsIn(mutated);

      for (const { file, line, column, message } of findings) {
        const lines = (mutated[Number(file)] ?? '').split('\n');
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        expect(message).not.toMatch(/undefined|\[object/);
      }
    }),
    { numRuns: 300 },
  );
});

function findingsIn(mutated: readonly string[]) {
  const findings = new Findings();
  const files = mutated.map((text, index) => ({ path: String(index), bytes: Buffer.from(text) }));
  compileSpecs({
    folder: '/specs',
    documents: readDocuments(files, findings),
    revision: { kind: 'folder', id: 'mutated' },
    lookups: new Map([['divisions', { name: 'divisions', columns: ['name'], rows: new Map() }]]),
    templates: new Map(),
    catalog,
    createCompiler,
    checkCron,
    resolveConfig: undefined,
    findings,
  });
  return findings.all;
}

import { expect, test } from 'vitest';
import { createCompiler } from '../../src/expression/compiler.ts';
import type { Expression, ExpressionFault } from '../../src/expression/expression.ts';

const compiler = createCompiler({
  source: [
    { name: 'photo', type: 'picture', class: 'personal' },
    { name: 'custom.Badge photo', type: 'picture', class: 'personal' },
    { name: 'name', type: 'text', class: 'personal' },
  ],
  lookups: new Map(),
});

test.each(['source.photo', ' source.photo ', 'source["photo"]', 'source.custom["Badge photo"]'])(
  '%s passes a picture on as it is',
  (text) => {
    const compiled = compiler.compile(text, 'any') as Expression;
    expect([compiled.type, compiled.class, compiled.reads.length]).toEqual(['picture', 'personal', 1]);
    const { reads } = compiled;
    const record = compiler.bindColumns(reads).bind(['sha256:1'], '2026-11-22');
    expect(compiled.evaluate(record)).toEqual({ kind: 'value', value: 'sha256:1' });
    const empty = compiler.bindColumns(reads).bind([null], '2026-11-22');
    expect(compiled.evaluate(empty).kind).toBe('absent');
  },
);

test.each([
  'source.photo == source.photo',
  'source.photo == "sha256:1"',
  'has(source.photo)',
  'firstPresent(source.photo, source.custom["Badge photo"])',
  'text(source.photo)',
  'source.?photo',
  'source.?photo.orValue(source.custom["Badge photo"])',
  'source.name == "Ada" ? source.photo : null',
  '[source.photo]',
  'source.name + source.photo',
])('nothing else is done with a picture: %s', (text) => {
  const faults = compiler.compile(text, 'any') as readonly ExpressionFault[];
  expect(faults.map(({ message }) => message)).toEqual([
    expect.stringContaining('is a picture: it can be passed on as it is, and nothing else') as string,
  ]);
});

test('a picture is no text, and no function makes one of it', () => {
  const [fault] = compiler.compile('source.photo', 'text') as readonly ExpressionFault[];
  expect(fault?.message).toBe('it gives picture, and text is needed here');
});

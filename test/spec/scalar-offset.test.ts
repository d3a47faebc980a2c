import { isScalar, parseDocument } from 'yaml';
import { expect, test } from 'vitest';
import { sourceOffset } from '../../src/spec/yaml/scalar-offset.ts';

/** `@` marks the character that is looked for; in the value it is an `@`, too. */
test.each([
  ['plain text', 'abc @def'],
  ['single quotes', `'it''s @def'`],
  ['double quotes', String.raw`"a\"b\u00e4\x41\n @def"`],
  ['plain text over lines', 'abc\n  def\n  @ghi'],
  ['quoted text over lines', '"abc\n   def\n  @ghi"'],
  ['a literal block', '|\n  abc\n    def\n  @ghi'],
  ['a literal block with empty lines', '|-\n  abc\n\n  @ghi\n'],
  ['a folded block', '>\n  abc\n  def\n  @ghi\n'],
])('a character in %s is found where it is written', (_name, source) => {
  const text = `key: ${source}\n`;
  const scalar = parseDocument(text).get('key', true);
  if (!isScalar(scalar)) throw new TypeError('no scalar');

  expect(sourceOffset(scalar, text, String(scalar.value).indexOf('@'))).toBe(text.indexOf('@'));
});

test("where value and source can't be brought together, nothing is guessed", () => {
  const text = 'key: "abc\\\n  @def"\n';
  const scalar = parseDocument(text).get('key', true);
  if (!isScalar(scalar)) throw new TypeError('no scalar');

  expect(sourceOffset(scalar, text, 5)).toBeUndefined();
});

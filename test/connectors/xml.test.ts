import { describe, expect, test } from 'vitest';
import {
  attributeOf,
  BadXml,
  childNames,
  childrenOf,
  escapeXml,
  firstOf,
  parseXml,
  textIn,
} from '../../src/connectors/xml.ts';

describe('what is refused', () => {
  test.each([
    { name: 'nothing', text: '' },
    { name: 'a sentence', text: 'Ines Roth' },
    { name: 'JSON', text: '{"name":"Ines Roth"}' },
    { name: 'a web page', text: '<!doctype html><title>Sign in</title>' },
    { name: 'a page without a doctype', text: '<html><body>Ines<br></body></html>' },
    { name: 'a document that breaks off between two elements', text: '<a><b>Ines</b>' },
    { name: 'a document that breaks off inside of a tag', text: '<a><b>Ines</b></a' },
    { name: 'elements that overlap', text: '<a><b>Ines</a></b>' },
    { name: 'a second document behind the first', text: '<a>Ines</a><a>Roth</a>' },
    { name: 'a second root', text: '<a>Ines</a><b/>' },
    { name: 'text behind the end', text: '<a>Ines</a>Roth' },
    { name: 'an attribute twice', text: '<a b="Ines" b="Roth"/>' },
    { name: 'entities that grow', text: '<!DOCTYPE a [<!ENTITY b "Ines"><!ENTITY c "&b;&b;">]><a>&c;</a>' },
    { name: 'a file as an entity', text: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
    { name: 'a DTD somewhere else', text: '<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><a>Ines</a>' },
    { name: 'a DTD in lower case', text: '<!doctype a><a>Ines</a>' },
    { name: 'a depth that no answer has', text: `${'<a>'.repeat(200)}Ines${'</a>'.repeat(200)}` },
    { name: 'a name that would change objects', text: '<a><__proto__>Ines</__proto__></a>' },
    { name: 'an entity of its own', text: '<a>&name;</a>' },
    { name: 'an entity of HTML', text: '<a>Zo&euml;</a>' },
    { name: 'a bare ampersand', text: '<a>A & B</a>' },
    { name: 'a character that there is not', text: '<a>&#x110000;</a>' },
    { name: 'a CDATA section', text: '<a>x<![CDATA[A &amp; B]]></a>' },
  ])('$name', ({ text }) => {
    const error = thrownBy(() => parseXml(text));
    expect(error).toBeInstanceOf(BadXml);
    expect((error as Error).message).not.toMatch(/ines|roth/i);
  });
});

describe('what is read', () => {
  const root = firstOf(
    parseXml(
      '\uFEFF<?xml version="1.0"?><wd:a xmlns:wd="urn:x" wd:type=" A &amp; B ">\n <!-- Ines -->' +
        '<wd:id>007</wd:id><x:id xmlns:x="urn:y">1e3</x:id><wd:empty/>' +
        '<wd:name wd:lang="de"> Zo&#235; &lt;&#x1F600;&gt; &quot;R&apos; </wd:name></wd:a>',
    ),
    'a',
  );

  test('texts as they stand, without space at the ends, entities and character references as what they mean', () => {
    expect(childrenOf(root ?? '', 'id').map(textIn)).toEqual(['007', '1e3']);
    expect(textIn(firstOf(root, 'name') ?? '')).toBe('Zoë <😀> "R\'');
    expect(attributeOf(root ?? '', 'type')).toBe('A & B');
    expect(attributeOf(firstOf(root, 'name') ?? '', 'lang')).toBe('de');
    expect(childNames(root ?? '')).toEqual(['id', 'empty', 'name']);
  });

  test('what is not there is nothing', () => {
    expect(textIn(firstOf(root, 'empty') ?? 'x')).toBe('');
    expect(attributeOf(root ?? '', 'toString')).toBeUndefined();
    expect(childrenOf(root ?? '', 'constructor')).toEqual([]);
    expect(firstOf(root, 'name', 'deeper')).toBeUndefined();
  });
});

test.each([
  { name: 'a text that is all markup', text: `<a b='c' d="e">&amp;]]></a>` },
  { name: 'other scripts', text: 'Łucja 山田 😀' },
  { name: 'line ends', text: 'one\r\ntwo\tthree' },
])('$name comes back as it was written', ({ text }) => {
  const [root] = childrenOf(parseXml(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`), 'a');
  expect(textIn(root ?? '')).toBe(text);
  expect(attributeOf(root ?? '', 'b')).toBe(text);
});

test('what XML cannot carry is replaced', () => {
  expect(escapeXml('a\u0000b\uD800c\uFFFEd')).toBe('a\uFFFDb\uFFFDc\uFFFDd');
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

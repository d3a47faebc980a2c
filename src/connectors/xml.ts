import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element: its text where it has nothing else, or its attributes (`@name`), children by name and text. */
export type XmlElement = string | { readonly [name: string]: string | readonly XmlElement[] };

/** The text is no XML document, is cut, or holds what no answer needs. Never quotes the text, which may be about people. */
export class BadXml extends Error {
  override readonly name = 'BadXml';
}

/**
 * The elements of a document by local name, namespaces' prefixes left out. What an attacker could use is refused: a DTD,
 * and with it every entity that is not one of XML's own five, and nesting beyond reason. The caller bounds the size. A
 * document that breaks off is no document.
 */
export function parseXml(text: string): XmlElement {
  // XML 1.0 section 2.8: the only place where entities are declared. In a comment it is refused too.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new BadXml('it has a DTD');
  // The parser alone takes what is cut for whole.
  if (XMLValidator.validate(text) !== true) throw new BadXml('it is not well-formed');
  const document = parsed(text);
  const [root, ...others] = Object.values(document).flat();
  // Both the parser and its validator take a row of documents for one.
  if (root === undefined || others.length > 0) throw new BadXml('it is not one document');
  return document;
}

function parsed(text: string): Readonly<Record<string, readonly XmlElement[]>> {
  try {
    return parser.parse(text) as Readonly<Record<string, readonly XmlElement[]>>;
  } catch {
    // The parser's own message quotes the text.
    throw new BadXml('it is not well-formed');
  }
}

/** The children of this name, in the order of the document. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  const found = typeof element === 'string' ? undefined : own(element, name);
  return typeof found === 'object' ? found : [];
}

export function firstOf(
  element: XmlElement | undefined,
  ...names: readonly string[]
): XmlElement | undefined {
  let now = element;
  for (const name of names) now = now === undefined ? undefined : childrenOf(now, name)[0];
  return now;
}

/** Without space at the ends. Throws `BadXml` for an entity that XML itself does not know. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  const raw = typeof element === 'string' ? undefined : own(element, `@${name}`);
  return typeof raw === 'string' ? decoded(raw) : undefined;
}

/** The element's own text, without space at the ends. Throws likewise. */
export function textIn(element: XmlElement): string {
  const raw = typeof element === 'string' ? element : own(element, '#text');
  return typeof raw === 'string' ? decoded(raw) : '';
}

/** Text as it may stand between tags or in an attribute. What XML cannot carry (section 2.2) becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"'\t\n\r]/g, (one) => `&#${String(one.codePointAt(0))};`);
}

/**
 * Texts stay texts (`007`, `1e3`), entities are decoded by us where a value is read, CDATA is not taken: no answer that we
 * read has any, and its `&amp;` would be decoded once too often.
 */
const parser = new XMLParser({
  attributeNamePrefix: '@',
  cdataPropName: '#cdata',
  ignoreAttributes: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  jPath: false,
  maxNestedTags: 60,
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
});

function own(element: Exclude<XmlElement, string>, name: string): string | readonly XmlElement[] | undefined {
  if (name !== '#cdata' && Object.hasOwn(element, '#cdata')) throw new BadXml('it has a CDATA section');
  return Object.hasOwn(element, name) ? element[name] : undefined;
}

const known: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replaceAll(/&(#x?[0-9a-f]{1,6};|[a-z]{1,4};)?/gi, (_, name: string | undefined) => {
    const text = name === undefined ? undefined : characterOf(name.slice(0, -1));
    if (text === undefined) throw new BadXml('it refers to an entity that it does not define');
    return text;
  });
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(known, name) ? known[name] : undefined;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return Number.isInteger(code) && code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}

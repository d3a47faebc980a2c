import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element: its text where it has nothing else, or its attributes (`@name`), children by name and text. */
export type XmlElement = string | { readonly [name: string]: string | readonly XmlElement[] };

/** The text is no XML document, is cut, or holds what no answer needs. Never quotes the text, which may be about people. */
export class BadXml extends Error {
  override readonly name = 'BadXml';
}

/**
 * The elements of a document by local name, namespaces' prefixes left out. What an attacker could use is refused: a DTD, any
 * entity but XML's own five and characters by number, nesting beyond reason; CDATA too, which no answer that we read has. The
 * caller bounds the size. A document that breaks off is no document.
 */
export function parseXml(text: string): XmlElement {
  // XML 1.0 section 2.8: the only place where entities are declared. In a comment it is refused too.
  if (/<!(?:DOCTYPE|ENTITY|\[CDATA\[)/i.test(text)) throw new BadXml('it has a DTD or a CDATA section');
  // The parser alone takes what is cut for whole.
  if (XMLValidator.validate(text) !== true) throw new BadXml('it is not well-formed');
  for (const [, name] of text.matchAll(references)) {
    if (characterOf(name) === undefined) throw new BadXml('it refers to an entity that it does not define');
  }
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

/** Names of the children, in the order in which each first stands there. */
export function childNames(element: XmlElement): readonly string[] {
  if (typeof element === 'string') return [];
  return Object.keys(element).filter((name) => !/^[@#]/.test(name));
}

export function firstOf(
  element: XmlElement | undefined,
  ...names: readonly string[]
): XmlElement | undefined {
  let now = element;
  for (const name of names) now = now === undefined ? undefined : childrenOf(now, name)[0];
  return now;
}

/** Without space at the ends. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  const raw = typeof element === 'string' ? undefined : own(element, `@${name}`);
  return typeof raw === 'string' ? decoded(raw) : undefined;
}

/** The element's own text, without space at the ends. */
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

/** Texts stay texts (`007`, `1e3`), and entities are decoded by us, where a value is read. */
const parser = new XMLParser({
  attributeNamePrefix: '@',
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
  return Object.hasOwn(element, name) ? element[name] : undefined;
}

/** Everything that begins as one. */
const references = /&(?:(#\d{1,7}|#[xX][\dA-Fa-f]{1,6}|[a-z]{2,4});)?/g;
const known: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(raw: string): string {
  return raw.includes('&')
    ? raw.replaceAll(references, (_, name: string | undefined) => characterOf(name) ?? '\uFFFD')
    : raw;
}

function characterOf(name: string | undefined): string | undefined {
  if (name?.startsWith('#') !== true) return Object.hasOwn(known, name ?? '') ? known[name ?? ''] : undefined;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}

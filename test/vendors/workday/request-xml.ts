import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element of a request, with its namespace resolved. */
export interface Element {
  readonly namespace: string;
  readonly name: string;
  /** By local name, `wd:type` and `type` alike. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
}

type Raw = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  htmlEntities: true,
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
});

/** The root of a request; `undefined` for what is no XML. Namespaces are told as XML does (Namespaces in XML 1.0). */
export function parseRequest(text: string): Element | undefined {
  if (XMLValidator.validate(text) !== true) return undefined;
  const [root] = elementsOf(parser.parse(text) as readonly Raw[], new Map());
  return root;
}

export function child(element: Element | undefined, ...names: readonly string[]): Element | undefined {
  let now = element;
  for (const name of names) now = now?.children.find((one) => one.name === name);
  return now;
}

function elementsOf(nodes: readonly Raw[], scope: ReadonlyMap<string, string>): readonly Element[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
    if (tag === undefined) return [];
    const raw = Object.entries((node[':@'] ?? {}) as Record<string, string>);
    const here = new Map([
      ...scope,
      ...raw.flatMap(([name, value]) => (name.startsWith('xmlns') ? [[name.slice(6), value] as const] : [])),
    ]);
    const content = node[tag] as readonly Raw[];
    const [prefix, name] = tag.includes(':') ? (tag.split(':') as [string, string]) : ['', tag];
    return [
      {
        namespace: here.get(prefix) ?? '',
        name,
        attributes: new Map(raw.map(([key, value]) => [key.replace(/^.*:/, ''), value])),
        children: elementsOf(content, here),
        text: content.map((one) => (typeof one['#text'] === 'string' ? one['#text'] : '')).join(''),
      },
    ];
  });
}

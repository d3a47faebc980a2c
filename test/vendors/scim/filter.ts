import type { Json } from '../../../src/model/value.ts';
import { coreUrn, named, schemas, splitUrn, type Definition } from './attributes.ts';
import { Refusal } from './refusal.ts';
import type { Resource } from './resource.ts';

/** A filter of RFC 7644 §3.4.2.2, as far as this server goes: `eq` and `pr`, `and`, `or`, `not`, parentheses, `attr[…]`. */
export type Filter =
  | { readonly kind: 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'pr'; readonly path: AttributePath }
  | { readonly kind: 'eq'; readonly path: AttributePath; readonly value: Json }
  | {
      readonly kind: 'some';
      readonly path: AttributePath;
      readonly filter: Filter;
      readonly behind?: Comparison;
    };

interface Comparison {
  readonly sub: Definition;
  readonly value: Json;
}

export interface AttributePath {
  /** Canonical names from the resource down: `['emails', 'value']`, `[URN, 'department']`. */
  readonly keys: readonly string[];
  readonly definition: Definition;
}

/** Parses or refuses with `invalidFilter`. `within` are the sub-attributes of a value filter, the schemas otherwise. */
export function parseFilter(text: string, within?: readonly Definition[]): Filter {
  const parser = new Parser(text, within);
  const filter = parser.any();
  parser.end();
  return filter;
}

/** Whether a resource (or an element of a list) passes. Text is compared without case unless the schema says otherwise. */
export function matches(filter: Filter, resource: Resource): boolean {
  if (filter.kind === 'and') return filter.parts.every((part) => matches(part, resource));
  if (filter.kind === 'or') return filter.parts.some((part) => matches(part, resource));
  if (filter.kind === 'not') return !matches(filter.part, resource);
  const values = valuesAt(resource, filter.path.keys);
  if (filter.kind === 'pr') return values.length > 0;
  if (filter.kind === 'some') return values.some((one) => passes(filter, one as Resource));
  return values.some((one) => same(filter.path.definition, one, filter.value));
}

/** The attribute that a dotted name or a name behind a URN means. */
export function attributePath(text: string, within?: readonly Definition[]): AttributePath {
  const extension = within === undefined ? splitUrn(text) : undefined;
  const definitions = within ?? schemas.get(extension?.urn ?? coreUrn) ?? [];
  const [name = '', sub, ...more] = (extension?.rest ?? text).split('.');
  const definition = named(definitions, name);
  const inner = sub === undefined ? undefined : named(definition?.sub ?? [], sub);
  if (definition === undefined || more.length > 0 || (sub !== undefined && inner === undefined)) {
    throw new Refusal(400, 'RFC 7644 §3.10', 'a path that no schema knows', 'invalidPath');
  }
  const keys = [
    ...(extension === undefined || extension.urn === coreUrn ? [] : [extension.urn]),
    definition.name,
  ];
  return inner === undefined ? { keys, definition } : { keys: [...keys, inner.name], definition: inner };
}

function valuesAt(value: Json, keys: readonly string[]): readonly Json[] {
  let values: readonly Json[] = [value];
  for (const key of keys) {
    values = values.flatMap((one) => {
      const next = (one as Resource)[key];
      return next === undefined || next === null ? [] : Array.isArray(next) ? (next as Json[]) : [next];
    });
  }
  return values;
}

/** `attr[filter]`, and what stands behind it. */
function passes({ filter, behind }: Filter & { kind: 'some' }, one: Resource): boolean {
  if (!matches(filter, one)) return false;
  return behind === undefined || same(behind.sub, one[behind.sub.name] ?? null, behind.value);
}

function same(definition: Definition, a: Json, b: Json): boolean {
  if (typeof a === 'string' && typeof b === 'string' && definition.caseExact !== true) {
    return a.toLowerCase() === b.toLowerCase();
  }
  return a === b;
}

const tokens = /\s*(?:(\()|(\))|(\])|("(?:[^"\\]|\\.)*")|([A-Za-z$][\w$:.-]*)(\[)?|(-?\d+(?:\.\d+)?))/uy;

class Parser {
  readonly #text: string;
  readonly #within: readonly Definition[] | undefined;
  #at = 0;

  constructor(text: string, within: readonly Definition[] | undefined) {
    this.#text = text;
    this.#within = within;
  }

  any(): Filter {
    const parts = [this.#all()];
    while (this.#word('or')) parts.push(this.#all());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts };
  }

  end(): void {
    if (this.#text.slice(this.#at).trim() !== '') throw this.#fault();
  }

  #all(): Filter {
    const parts = [this.#one()];
    while (this.#word('and')) parts.push(this.#one());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
  }

  #one(): Filter {
    if (this.#word('not')) {
      if (this.#next()[1] === undefined) throw this.#fault();
      return { kind: 'not', part: this.#closed() };
    }
    const token = this.#next();
    if (token[1] !== undefined) return this.#closed();
    const name = token[5];
    if (name === undefined) throw this.#fault();
    if (token[6] === undefined) return this.#comparison(attributePath(name, this.#within));
    return this.#valueFilter(attributePath(name, this.#within));
  }

  #closed(): Filter {
    const inner = this.any();
    if (this.#next()[2] === undefined) throw this.#fault();
    return inner;
  }

  #comparison(path: AttributePath): Filter {
    const operator = this.#next()[5]?.toLowerCase();
    if (operator === 'pr') return { kind: 'pr', path };
    if (operator !== 'eq') throw this.#fault();
    return { kind: 'eq', path, value: this.#value() };
  }

  /** `emails[type eq "work"]`, with `.value eq "…"` behind it where a server takes that. */
  #valueFilter(path: AttributePath): Filter {
    const close = this.#text.indexOf(']', this.#at);
    if (close < 0) throw this.#fault();
    const filter = parseFilter(this.#text.slice(this.#at, close), path.definition.sub ?? []);
    this.#at = close + 1;
    const behind = /^\.([A-Za-z$]+)\s+eq\s+/iu.exec(this.#text.slice(this.#at));
    if (behind === null) return { kind: 'some', path, filter };
    const sub = named(path.definition.sub ?? [], behind[1] ?? '');
    if (sub === undefined) throw this.#fault();
    this.#at += behind[0].length;
    return { kind: 'some', path, filter, behind: { sub, value: this.#value() } };
  }

  #value(): Json {
    const token = this.#next();
    const literal = token[4] ?? token[7] ?? token[5]?.toLowerCase();
    if (literal === undefined || !/^(?:".*"|-?\d.*|true|false|null)$/su.test(literal)) throw this.#fault();
    try {
      return JSON.parse(literal) as Json;
    } catch {
      throw this.#fault();
    }
  }

  #word(word: string): boolean {
    const found = new RegExp(`^\\s*${word}(?=[\\s(])`, 'iu').exec(this.#text.slice(this.#at));
    if (found === null) return false;
    this.#at += found[0].length;
    return true;
  }

  #next(): RegExpExecArray {
    tokens.lastIndex = this.#at;
    const token = tokens.exec(this.#text);
    if (token === null) throw this.#fault();
    this.#at = tokens.lastIndex;
    return token;
  }

  #fault(): Refusal {
    return new Refusal(400, 'RFC 7644 §3.4.2.2', 'the filter cannot be read', 'invalidFilter');
  }
}

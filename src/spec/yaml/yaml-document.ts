import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap } from 'yaml';
import type { Json } from '../../model/value.ts';
import type { Place } from '../compiled.ts';
import type { Findings } from '../findings.ts';
import type { Lines } from './lines.ts';
import { sourceOffset } from './scalar-offset.ts';

export type Path = readonly (string | number)[];

/** One YAML document as a plain value, with the place of every key and value. */
export class YamlDocument {
  readonly value: Json;
  readonly file: string;
  readonly #lines: Lines;
  readonly #root: Node;
  readonly #findings: Findings;
  /** Of each map its pairs by key, so that finding a place does not search. */
  readonly #pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(root: Node, lines: Lines, findings: Findings) {
    this.file = lines.file;
    this.#lines = lines;
    this.#root = root;
    this.#findings = findings;
    this.value = this.#toValue(root);
  }

  /** Where the value at this path begins; for a path that leads nowhere, its nearest parent. */
  place(path: Path): Place {
    return this.#at(this.#walk(path).node);
  }

  /** Where the key at the end of this path is written; for an item of a list, the item. */
  keyPlace(path: Path): Place {
    const { parent } = this.#walk(path);
    const last = path.at(-1);
    const pair = isMap(parent) && last !== undefined ? this.#pairs.get(parent)?.get(String(last)) : undefined;
    return pair === undefined ? this.place(path) : this.#at(pair.key as Node);
  }

  /** Where this offset of the text at `path` is written; the start of the text where that can't be told. */
  placeWithin(path: Path, offset: number): Place {
    const { node } = this.#walk(path);
    const at = isScalar(node) ? sourceOffset(node, this.#lines.text, offset) : undefined;
    return at === undefined ? this.#at(node) : this.#lines.place(at);
  }

  /** The value at this path, or undefined. */
  at(path: Path): Json | undefined {
    let value: Json | undefined = this.value;
    for (const step of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Readonly<Record<string, Json>>)[step];
    }
    return value;
  }

  #walk(path: Path): { readonly node: Node; readonly parent: Node | undefined } {
    let node = this.#root;
    let parent: Node | undefined;
    for (const step of path) {
      let next: unknown;
      if (isMap(node)) next = this.#pairs.get(node)?.get(String(step))?.value;
      else if (isSeq(node)) next = node.items[Number(step)];
      if (next === undefined || next === null) return { node, parent: node };
      parent = node;
      node = next as Node;
    }
    return { node, parent };
  }

  #at(node: Node): Place {
    return this.#lines.place(node.range?.[0] ?? 0);
  }

  #toValue(node: Node | null): Json {
    if (isMap(node)) return this.#toMap(node);
    if (isSeq(node)) return node.items.map((item) => this.#toValue(item as Node));
    return isScalar(node) ? this.#toScalar(node) : null;
  }

  #toMap(node: YAMLMap): Json {
    const pairs = new Map<string, Pair>();
    const value: Record<string, Json> = {};
    this.#pairs.set(node, pairs);
    for (const pair of node.items) {
      const key = this.#key(pair.key as Node);
      if (key === undefined) continue;
      if (pairs.has(key)) {
        this.#findings.error('spec/duplicate-key', this.#at(pair.key as Node), `"${key}" is there twice`);
        continue;
      }
      pairs.set(key, pair);
      value[key] = this.#toValue(pair.value as Node | null);
    }
    return value;
  }

  /** Keys are text whatever they look like (`100:` in a table), and none that a program could trip over. */
  #key(node: Node): string | undefined {
    if (!isScalar(node)) {
      this.#findings.error('spec/key', this.#at(node), 'a key must be text');
      return undefined;
    }
    const key = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    if (key === '<<' && node.type === 'PLAIN') {
      this.#findings.error('spec/merge-key', this.#at(node), 'YAML merge keys (<<) are not allowed in specs');
      return undefined;
    }
    if (key !== '__proto__') return key;
    this.#findings.error('spec/forbidden-key', this.#at(node), '"__proto__" is not allowed as a key');
    return undefined;
  }

  #toScalar(node: Scalar): Json {
    const { value } = node;
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    if (typeof value !== 'number') return node.source ?? '';
    const source = node.source ?? String(value);
    if (/^[-+]?0\d/.test(source)) {
      const message = `${source} without quotes is read as the number ${value}`;
      this.#findings.warning('spec/leading-zero', this.#at(node), message, `write "${source}" if it is text`);
    } else if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
      const message = `${source} is no number that is kept exactly`;
      this.#findings.error('spec/number', this.#at(node), message, `write "${source}" in quotes`);
    }
    return value;
  }
}

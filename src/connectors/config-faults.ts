import { z } from 'zod';
import { nearest } from '../model/nearest.ts';
import type { ConfigFault } from '../spec/catalog.ts';

type Path = readonly (string | number)[];

/** What is wrong with a config, each fault at its key: all of them, and of a choice those of the option meant. */
export function configFaults(
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
  above: Path = [],
): readonly ConfigFault[] {
  return issues.flatMap((issue): readonly ConfigFault[] => {
    const path = [...above, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey(key, path, nodesAt(schema, path)));
    }
    if (issue.code === 'invalid_union') {
      const [meant] = issue.errors
        .filter((option) => !option.some((one) => one.path.length === 0 && one.code === 'invalid_type'))
        .toSorted((a, b) => a.length - b.length);
      if (meant !== undefined) return configFaults(schema, meant, path);
    }
    const name = `"${String(path.at(-1) ?? 'config')}"`;
    if (isMissing(issue)) {
      return [
        { path, code: 'spec/missing-key', message: `${name} is missing in the config of this connection` },
      ];
    }
    const code = issue.code === 'invalid_type' || issue.code === 'invalid_union' ? 'spec/type' : 'spec/value';
    return [{ path, code, message: `${name} is not what it must be: ${whyOf(issue)}` }];
  });
}

function whyOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  const words = issue.code === 'invalid_union' && 'options' in issue ? issue.options : undefined;
  return Array.isArray(words) ? `one of ${words.join(', ')}` : issue.message;
}

/** Of a choice: for each of its options; where its own word is none of theirs, it is there and wrong. */
function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_union') {
    return (
      issue.errors.length > 0 &&
      issue.errors.every((option) => option.some((one) => one.path.length === 0 && isMissing(one)))
    );
  }
  return issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
}

function unknownKey(key: string, above: Path, nodes: readonly Node[]): ConfigFault {
  const elsewhere = nodes.filter(({ properties }) => properties?.[key] !== undefined);
  const known = [...new Set(nodes.flatMap(({ properties = {} }) => Object.keys(properties)))];
  const fault = {
    path: [...above, key],
    code: 'spec/unknown-key',
    message: `"${key}" is not a key of this connector's config`,
  };
  if (elsewhere.length > 0) return { ...fault, suggestion: ofAnother(elsewhere) };
  if (known.length === 0) return fault;
  const near = nearest(key, known);
  const all = `it may be one of ${known.toSorted().join(', ')}`;
  return { ...fault, suggestion: near === undefined ? all : `did you mean "${near}"?` };
}

/** A key of an option that was not chosen: the words by which that one would be. */
function ofAnother(nodes: readonly Node[]): string {
  const words = nodes.flatMap(({ properties = {}, required = [] }) =>
    required.flatMap((name) => {
      const word = properties[name]?.const;
      return word === undefined ? [] : [`${name}: ${String(word)}`];
    }),
  );
  return words.length === 0
    ? 'it goes with another choice'
    : `it goes with ${[...new Set(words)].join(' or ')}`;
}

interface Node {
  readonly const?: string | number | boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

/** What the schema allows at this path: of a choice each option. */
function nodesAt(schema: z.ZodType, path: Path): readonly Node[] {
  let nodes = options(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Node,
  );
  for (const step of path) {
    nodes = nodes
      .map((node) =>
        typeof step === 'number' ? node.items : (node.properties?.[step] ?? node.additionalProperties),
      )
      .flatMap((node) => (typeof node === 'object' ? options(node) : []));
  }
  return nodes;
}

function options(node: Node): readonly Node[] {
  const choices = node.anyOf ?? node.oneOf;
  return choices === undefined ? [node] : choices.flatMap((one) => options(one));
}

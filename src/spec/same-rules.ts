import type { CompiledConnection, CompiledSpecs, CompiledSync } from './compiled.ts';
import { canonicalJson } from './digest.ts';

/**
 * Whether two revisions say the same of a sync: its own settings, both connections, and the documents that decide for it.
 * Where something stands in the file says nothing.
 */
export function saysTheSame(sync: string, a: CompiledSpecs, b: CompiledSpecs): boolean {
  return writtenOf(sync, a) === writtenOf(sync, b);
}

function writtenOf(name: string, specs: CompiledSpecs): string | undefined {
  const sync = specs.syncs.get(name);
  if (sync === undefined) return undefined;
  return canonicalJson(
    plain({
      sync: withoutPlace(sync),
      connections: [sync.from, sync.to].map((one) => connectionOf(specs.connections.get(one))),
      links: specs.links.get(name),
      approvals: specs.approvals
        .filter((approval) => approval.sync === name)
        .map(({ digest, expires }) => ({ digest, expires })),
    }),
  );
}

function withoutPlace({ place: _place, compiler: _compiler, ...rest }: CompiledSync) {
  return rest;
}

function connectionOf(connection: CompiledConnection | undefined) {
  return (
    connection && {
      name: connection.name,
      digest: connection.digest,
      limits: connection.limits,
      suspend: connection.suspend,
    }
  );
}

/** Plain data: an expression is its text, and where something stands is left out. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return plain([...value].toSorted(([x], [y]) => (String(x) < String(y) ? -1 : 1)));
  if (value instanceof Set) return plain([...value].map(String).toSorted((x, y) => (x < y ? -1 : 1)));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if ('text' in value && 'reads' in value) return value.text;
  const entries = Object.entries(value).filter(([key]) => key !== 'place');
  return Object.fromEntries(entries.map(([key, one]) => [key, plain(one)]));
}

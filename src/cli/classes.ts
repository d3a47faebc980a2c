import type { Workspace } from '../compose/workspace.ts';
import type { DataClass } from '../model/value.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import type { Classes } from './render/person.ts';

/** Classes of the attributes of one sync. Everything is sensitive when the specs do not know the sync any more. */
export function classesOf(sync: string, specs: CompiledSpecs, workspace: Workspace): Classes {
  const compiled = specs.syncs.get(sync);
  if (compiled === undefined) return { source: new Map(), target: new Map() };
  const target = new Map<string, DataClass>();
  for (const { name, class: of } of [...compiled.identity, ...compiled.attributes]) target.set(name, of);
  return { source: attributeClasses(compiled, specs, workspace), target };
}

function attributeClasses(
  { from, entity }: CompiledSync,
  specs: CompiledSpecs,
  { connectors }: Workspace,
): ReadonlyMap<string, DataClass> {
  const connection = specs.connections.get(from);
  if (connection === undefined) return new Map();
  const known = connectors.get(connection.connector)?.attributes(connection.config, entity) ?? [];
  return new Map(
    [...known, ...(connection.fields?.[entity] ?? [])].map((attribute) => [attribute.name, attribute.class]),
  );
}

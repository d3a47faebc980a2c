import { Stalled } from '../model/error.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';

/** The syncs that were named, or all that are not suspended. Throws `Stalled` for a name that no sync has. */
export function chooseSyncs(specs: CompiledSpecs, names: readonly string[]): readonly CompiledSync[] {
  if (names.length === 0) return [...specs.syncs.values()].filter(({ suspend }) => suspend === undefined);
  return names.map((name) => {
    const sync = specs.syncs.get(name);
    if (sync !== undefined) return sync;
    const known = [...specs.syncs.keys()].join(', ');
    throw new Stalled(
      'NoSuchSync',
      `no sync is named "${name}"; the specs have: ${known === '' ? 'none' : known}`,
    );
  });
}

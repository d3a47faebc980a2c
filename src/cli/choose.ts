import { suspensionOf, suspensionText } from '../daemon/behaviour.ts';
import { Stalled } from '../model/error.ts';
import type { PassScope } from '../reconcile/deps.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import type { Output } from './output.ts';

/**
 * The syncs that were named, or all that are not suspended, as the daemon sees it. Throws `Stalled` for a name that no
 * sync has.
 */
export function chooseSyncs(
  specs: CompiledSpecs,
  names: readonly string[],
  now: number,
): readonly CompiledSync[] {
  if (names.length === 0) {
    return [...specs.syncs.values()].filter((sync) => suspensionOf(sync, specs, now) === undefined);
  }
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

/** Says which syncs are left out where none was named: a command that does nothing must say why. */
export function tellSuspended(
  specs: CompiledSpecs,
  names: readonly string[],
  now: number,
  out: Pick<Output, 'say'>,
): void {
  if (names.length > 0) return;
  for (const sync of specs.syncs.values()) {
    const suspended = suspensionOf(sync, specs, now);
    if (suspended !== undefined) out.say(`${sync.name} is suspended: ${suspensionText(suspended)}; left out`);
  }
}

/** Like `chooseSyncs`, for writing: a suspended sync is refused even by name, as the daemon refuses it. */
export function chooseSyncsToWrite(
  specs: CompiledSpecs,
  names: readonly string[],
  now: number,
): readonly CompiledSync[] {
  const chosen = chooseSyncs(specs, names, now);
  for (const sync of chosen) {
    const suspended = suspensionOf(sync, specs, now);
    if (suspended === undefined) continue;
    throw new Stalled(
      'Suspended',
      `${sync.name} is suspended: ${suspended.reason}; take \`suspend\` out of its spec first`,
    );
  }
  return chosen;
}

/** What `--person` narrows a pass to. */
export function scopeOf(people: readonly string[] | undefined): PassScope {
  return people === undefined || people.length === 0 ? {} : { only: new Set(people) };
}

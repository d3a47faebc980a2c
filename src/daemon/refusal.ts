import { Stalled, Waiting } from '../model/error.ts';
import type { CompiledSpecs, Suspension } from '../spec/compiled.ts';
import { suspensionOf } from './behaviour.ts';

/**
 * Throws why a pass that somebody asks for cannot be: `Waiting` (`NoRevision`), `Stalled` (`UnknownSync`,
 * `Suspended`).
 */
export function refuse(name: string, specs: CompiledSpecs | undefined, now: number): void {
  if (specs === undefined) throw new Waiting('NoRevision', 'no valid revision of the specs is in force yet');
  const sync = specs.syncs.get(name);
  if (sync === undefined) {
    const names = [...specs.syncs.keys()].join(', ');
    throw new Stalled('UnknownSync', `there is no sync "${name}" at this revision; there are: ${names}`);
  }
  const suspension = suspensionOf(sync, specs, now);
  if (suspension !== undefined) throw suspended(name, suspension);
}

export function suspended(name: string, { reason }: Suspension): Stalled {
  return new Stalled('Suspended', `${name} is suspended: ${reason}`);
}

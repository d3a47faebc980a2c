import { Stalled, Waiting } from '../model/error.ts';
import type { CompiledSpecs, Suspension } from '../spec/compiled.ts';
import { suspensionOf } from './behaviour.ts';
import type { Connections } from './connections.ts';

/**
 * Throws why a pass that somebody asks for cannot be: `Waiting` (`NoRevision`, `ConnectionAway`), `Stalled`
 * (`UnknownSync`, `Suspended`).
 */
export function refuse(
  name: string,
  specs: CompiledSpecs | undefined,
  now: number,
  connections: Connections,
): void {
  if (specs === undefined) throw new Waiting('NoRevision', 'no valid revision of the specs is in force yet');
  const sync = specs.syncs.get(name);
  if (sync === undefined) {
    const names = [...specs.syncs.keys()].join(', ');
    throw new Stalled('UnknownSync', `there is no sync "${name}" at this revision; there are: ${names}`);
  }
  const suspension = suspensionOf(sync, specs, now);
  if (suspension !== undefined) throw suspended(name, suspension);
  const obstacle = connections.obstacle(sync, 'request');
  if (obstacle !== undefined) throw obstacle;
}

export function suspended(name: string, { reason, until }: Suspension): Stalled {
  const end =
    until === undefined
      ? 'until somebody takes `suspend` out of the specs'
      : `until the end of ${until}, or until somebody takes \`suspend\` out of the specs`;
  return new Stalled('Suspended', `${name} is suspended: ${reason}; ${end}`);
}

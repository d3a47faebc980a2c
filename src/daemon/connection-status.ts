import { isoInstant } from '../model/effects.ts';
import type { Condition } from '../model/run.ts';
import type { CompiledSpecs } from '../spec/compiled.ts';
import { isInForce, suspensionText } from './behaviour.ts';
import type { Connections } from './connections.ts';

/** One connection at one moment. */
export interface ConnectionStatus {
  readonly name: string;
  readonly owner: string | null;
  readonly connector: string;
  /** `Ready`: false while it is away, with the moment since when; `Suspended` where a spec says so. */
  readonly conditions: readonly Condition[];
  /** When it is looked whether it is back (ms); `null` while nothing is known against it. */
  readonly nextProbe: number | null;
}

/** In order of name. */
export function connectionsOf(
  specs: CompiledSpecs,
  connections: Connections,
  now: number,
): readonly ConnectionStatus[] {
  return [...specs.connections.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, owner, connector, suspend }) => {
      const away = connections.away(name);
      const conditions: Condition[] = [];
      if (away !== undefined) {
        const { since, reason, message, nextProbe } = away;
        const next = `${message}; next probe at ${isoInstant(nextProbe)}`;
        conditions.push({ type: 'Ready', status: false, reason, message: next, since });
      }
      if (suspend !== undefined && isInForce(suspend, now)) {
        const message = suspensionText(suspend);
        conditions.push({ type: 'Suspended', status: true, reason: 'Suspended', message, since: now });
      }
      return { name, owner: owner ?? null, connector, conditions, nextProbe: away?.nextProbe ?? null };
    });
}

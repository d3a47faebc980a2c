import type { ChangeKind } from '../model/change.ts';
import type { Shape } from '../model/reading.ts';
import type { CompiledSync, Mode } from '../spec/compiled.ts';

/** What a mode lets happen to accounts. `observe` plans like `full` and writes nothing. */
export const modePermits: Readonly<Record<Mode, ReadonlySet<ChangeKind>>> = {
  observe: new Set(['create', 'adopt', 'update', 'enable', 'disable', 'delete']),
  'create-only': new Set(['create', 'adopt']),
  upsert: new Set(['create', 'adopt', 'update', 'enable']),
  full: new Set(['create', 'adopt', 'update', 'enable', 'disable', 'delete']),
};

/** Why this kind of change is left out of the plan: the mode, or what the target can do. `undefined`: it may be planned. */
export interface Refusal {
  readonly reason: string;
  /** True when the target's lack leaves undone what the spec asks for. */
  readonly attention: boolean;
}

export type Permit = (kind: ChangeKind | 'createDisabled') => Refusal | undefined;

export function permitOf(sync: CompiledSync, shape: Shape): Permit {
  const allowed = modePermits[sync.mode];
  return (wanted) => {
    const kind = wanted === 'createDisabled' ? 'create' : wanted;
    if (!allowed.has(kind)) return { reason: `mode ${sync.mode} does not ${kind}`, attention: false };
    if (wanted === 'createDisabled' && shape.abilities.createDisabled !== true) {
      const wayOut = 'write then.starting.enable: on-create, or createBefore: 0d';
      return {
        reason: `${shape.system} cannot make an account that is disabled; ${wayOut}`,
        attention: true,
      };
    }
    // Adopting is remembering: the target needs no ability for it.
    if (kind === 'adopt' || shape.abilities[kind]) return undefined;
    const why = kind === 'disable' ? refusedIn(shape) : '';
    return { reason: `${shape.system} cannot ${kind} accounts here${why}`, attention: true };
  };
}

function refusedIn({ disabling }: Shape): string {
  return typeof disabling === 'object' ? `: ${disabling.refused}` : '';
}

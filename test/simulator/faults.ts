import type { Chance } from './chance.ts';

/** What goes wrong during one pass. Nothing that is left out goes wrong. */
export interface Faults {
  /** `half` and `column` are lies: the read ends well, and what it lists is not so. */
  readonly source?:
    | { readonly kind: 'page' | 'short' | 'stalled' | 'incomplete' }
    | { readonly kind: 'half' }
    | { readonly kind: 'column'; readonly attribute: string };
  readonly target?: 'page' | 'short';
  readonly resolve?: 'unknown' | 'fails';
  readonly write?: {
    /** Share of orders that are applied while the answer is lost. */
    readonly lost: number;
    /** Share of orders that are refused although nothing is wrong with them. */
    readonly refused: number;
    /** Answers take so long (ms). */
    readonly late?: number;
    /** After so many orders the connection as a whole ends. */
    readonly ends?: { readonly after: number; readonly how: 'throws' | 'throttled' | 'stalled' };
  };
  readonly process?: ProcessFault;
  /** The disk is full or read-only for so many writes of the store (`only`: of one kind), from the n-th effect on. */
  readonly store?: { readonly at: number; readonly writes: number; readonly only?: 'recordIntents' };
  /** Somebody sets the wall clock at the n-th effect. */
  readonly clock?: { readonly at: number; readonly jumpMs: number };
}

/** What happens to the process at its n-th effect: a write to the store or an order carried out by the target. */
export type ProcessFault =
  | { readonly kind: 'crash'; readonly at: number; readonly when: 'before' | 'after' }
  /** Frozen for longer than its lease, while another process does a whole pass. */
  | { readonly kind: 'frozen'; readonly at: number }
  | { readonly kind: 'asked to stop'; readonly at: number };

const kinds = [
  'source',
  'target',
  'resolve',
  'write',
  'write',
  'process',
  'process',
  'process',
  'store',
  'clock',
] as const;

type Drawn = { -readonly [Fault in keyof Faults]: Faults[Fault] };

/** The faults of one pass: none, one, or a few at once. `mayLie`: whether the source may list what is not so. */
export function drawFaults(chance: Chance, mayLie: boolean): Faults {
  const drawn: Drawn = {};
  if (mayLie && chance.happens(0.08)) {
    drawn.source = chance.happens(0.5)
      ? { kind: 'half' }
      : { kind: 'column', attribute: chance.oneOf('phone', 'status', 'department', 'first_name', 'email') };
  }
  if (!chance.happens(0.5)) return drawn;
  for (let count = chance.between(1, 2); count > 0; count -= 1) drawFault(drawn, chance);
  return drawn;
}

function drawFault(drawn: Drawn, chance: Chance): void {
  const at = chance.between(1, chance.oneOf(12, 30));
  switch (chance.pick(kinds)) {
    case 'source':
      drawn.source ??= { kind: chance.oneOf('page', 'short', 'stalled', 'incomplete') };
      break;
    case 'target':
      drawn.target = chance.oneOf('page', 'short');
      break;
    case 'resolve':
      drawn.resolve = chance.oneOf('unknown', 'fails');
      break;
    case 'write':
      drawn.write = drawWriteFault(chance);
      break;
    case 'store':
      drawn.store = chance.happens(0.4)
        ? { at: 1, writes: 1, only: 'recordIntents' }
        : { at, writes: chance.oneOf(1, 2, 100) };
      break;
    case 'clock':
      drawn.clock = { at, jumpMs: drawJump(chance) };
      break;
    case 'process':
    case undefined:
      drawn.process = drawProcessFault(at, chance);
  }
}

/** A day forward or an hour back. */
export function drawJump(chance: Chance): number {
  return chance.oneOf(24, -1) * 3_600_000;
}

function drawWriteFault(chance: Chance): NonNullable<Faults['write']> {
  const lost = chance.happens(0.6) ? 0.4 : 0;
  const refused = chance.happens(0.3) ? 0.3 : 0;
  if (chance.happens(0.2)) return { lost, refused, late: chance.oneOf(5_000, 40_000, 90_000) };
  if (chance.happens(0.5)) return { lost, refused };
  return {
    lost,
    refused,
    ends: { after: chance.below(6), how: chance.oneOf('throws', 'throttled', 'stalled') },
  };
}

function drawProcessFault(at: number, chance: Chance): ProcessFault {
  const kind = chance.oneOf('crash', 'crash', 'frozen', 'asked to stop');
  return kind === 'crash' ? { kind, at, when: chance.oneOf('before', 'after') } : { kind, at };
}

/** In a few words, for the events that a failure prints. */
export function describeFaults(faults: Faults): string {
  return JSON.stringify(faults) === '{}' ? '' : ` with ${JSON.stringify(faults)}`;
}

export function isLie({ source }: Faults): boolean {
  return source?.kind === 'half' || source?.kind === 'column';
}

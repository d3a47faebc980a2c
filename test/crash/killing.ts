import type { ChildProcess } from 'node:child_process';
import type { Chance } from '../simulator/chance.ts';
import type { VendorRequest } from '../vendors/loopback.ts';
import type { Target } from './target.ts';

/** The longest time between the write request that was chosen and the kill (ms). */
const longestDelayMs = 6;

/** When a process is killed, as drawn from the seed. */
export interface Moment {
  /** The number of the write request that triggers it, from 1. */
  readonly write: number;
  readonly delayMs: number;
  /** `arrives`: it is carried out. `lost on the way`: the connection breaks before. */
  readonly request: 'arrives' | 'lost on the way';
}

/** So many writes may still arrive between the one that was chosen and the kill. */
const onTheirWay = 5;

/** Mostly in the middle; now and then at the very end, when all is written and little of it is remembered. */
export function momentOf(chance: Chance, writes: number): Moment {
  const middle = Math.max(1, writes - onTheirWay);
  return {
    write: chance.happens(0.08) ? chance.between(middle, writes) : chance.between(1, middle),
    // At once, before anything is carried out, about as often as a little later.
    delayMs: chance.happens(0.4) ? 0 : chance.fraction() * longestDelayMs,
    request: chance.happens(0.2) ? 'lost on the way' : 'arrives',
  };
}

/** Sees to it that the process is killed at the moment. `killed` tells how many writes had arrived by then. */
export function killAt(
  { loopback }: Target,
  { write, delayMs, request: fate }: Moment,
): { aim(child: ChildProcess): void; readonly arrived: number } {
  let victim: ChildProcess | undefined;
  let arrived = 0;
  let after: number | undefined;
  const kill = () => {
    after ??= arrived;
    victim?.kill('SIGKILL');
  };
  const isChosen = (request: VendorRequest): boolean => {
    if (!isWrite(request) || victim === undefined) return false;
    arrived += 1;
    if (arrived !== write) return false;
    if (delayMs === 0) kill();
    else setTimeout(kill, delayMs);
    return fate === 'lost on the way';
  };
  loopback.fail(isChosen, { kind: 'reset' });
  return {
    aim: (child) => {
      victim = child;
      child.once('exit', () => (victim = undefined));
    },
    get arrived() {
      return after ?? 0;
    },
  };
}

/** Now and then an answer is lost after the change was made. */
export function loseAnswers({ loopback }: Target, chance: Chance, writes: number): void {
  if (!chance.happens(0.3)) return;
  loopback.fail(isWrite, { kind: 'lost' }, { skip: chance.below(Math.max(1, writes)) });
}

export function isWrite({ method }: Pick<VendorRequest, 'method'>): boolean {
  return method !== 'GET';
}

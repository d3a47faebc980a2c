import { parentPort, workerData } from 'node:worker_threads';
import { simulate, type How, type Simulated } from './simulation.ts';
import { nothingYet, withSeed, type Totals } from './totals.ts';

/** Which seeds one worker plays: from `first`, each `step`-th one, below `end`. */
export interface Share {
  readonly first: number;
  readonly step: number;
  readonly end: number;
  readonly how: How;
}

const shownEvents = 40;

/** Plays a share one seed after the other, and tells at once of each that failed. */
export async function play({ first, step, end, how }: Share): Promise<Totals> {
  let totals = nothingYet;
  for (let seed = first; seed < end; seed += step) {
    const simulated = await simulate(seed, how);
    totals = withSeed(totals, simulated);
    if (simulated.violation !== undefined) console.log(report(simulated, shownEvents));
  }
  return totals;
}

/** A seed's story, or its end. */
export function report({ seed, violation, events }: Simulated, shown = Infinity): string {
  const told = (shown === Infinity ? events : events.slice(-shown)).map((event) => `  ${event}`);
  if (violation === undefined) return [`seed ${seed}`, ...told].join('\n');
  const end = `replay with: npm run simulate -- --seed ${seed}\n`;
  return [`seed ${seed} breaks ${violation.claim}: ${violation.text}`, ...told, end].join('\n');
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node, not a window
if (parentPort !== null) parentPort.postMessage(await play(workerData as Share));

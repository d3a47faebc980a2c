import { parseArgs } from 'node:util';
import { simulate, type Simulated } from './simulation.ts';
import type { Counts } from './story.ts';

const shownEvents = 40;

const { values } = parseArgs({ options: { seeds: { type: 'string' }, seed: { type: 'string' } } });
const first = Number(values.seed ?? 1);
const many = Number(values.seeds ?? (values.seed === undefined ? 100 : 1));
const seeds = Array.from({ length: many }, (_, index) => first + index);
/** One seed alone tells its whole story. */
const alone = seeds.length === 1;

const totals: { -readonly [Key in keyof Counts]: number } = {
  passes: 0,
  writes: 0,
  crashes: 0,
  takeovers: 0,
  faults: 0,
  holds: 0,
  approvals: 0,
};
let failed = 0;
for (const seed of seeds) {
  const simulated = await simulate(seed);
  for (const key of Object.keys(totals) as (keyof Counts)[]) totals[key] += simulated.counts[key];
  if (simulated.violation !== undefined) {
    failed += 1;
    report(simulated, shownEvents);
  } else if (alone) report(simulated, Infinity);
}
const told = Object.entries(totals).map(([name, count]) => `${count} ${name}`);
console.log(`${seeds.length} seeds, ${failed} failed: ${told.join(', ')}`);
process.exitCode = failed === 0 ? 0 : 1;

function report({ seed, violation, events }: Simulated, shown: number): void {
  console.log(
    violation === undefined ? `seed ${seed}` : `seed ${seed} breaks ${violation.claim}: ${violation.text}`,
  );
  for (const event of shown === Infinity ? events : events.slice(-shown)) console.log(`  ${event}`);
  if (violation !== undefined) console.log(`replay with: npm run simulate -- --seed ${seed}\n`);
}

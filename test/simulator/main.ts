import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { play, report, type Share } from './play.ts';
import { simulate, type How } from './simulation.ts';
import { inWords, nothingYet, together, withSeed, type Totals } from './totals.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    jobs: { type: 'string' },
    days: { type: 'string' },
    store: { type: 'string' },
  },
});
const first = Number(values.seed ?? 1);
const many = Number(values.seeds ?? (values.seed === undefined ? 100 : 1));
const jobs = Math.min(many, Number(values.jobs ?? availableParallelism()));
const how: How = {
  days: values.days === undefined ? undefined : Number(values.days),
  store: values.store as How['store'],
};

const totals = many === 1 ? await tell(first) : together(await Promise.all(shares().map(playApart)));
console.log(inWords(totals));
process.exitCode = totals.failed.length === 0 ? 0 : 1;

/** One seed alone tells its whole story. */
async function tell(seed: number): Promise<Totals> {
  const simulated = await simulate(seed, how);
  console.log(report(simulated));
  return withSeed(nothingYet, simulated);
}

function shares(): readonly Share[] {
  return Array.from({ length: jobs }, (_, index) => ({
    first: first + index,
    step: jobs,
    end: first + many,
    how,
  }));
}

async function playApart(share: Share): Promise<Totals> {
  if (jobs === 1) return await play(share);
  const worker = new Worker(new URL('play.ts', import.meta.url), { workerData: share });
  const { promise, resolve, reject } = Promise.withResolvers<Totals>();
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`a worker ended with ${code}`)));
  return await promise;
}

import { parseArgs } from 'node:util';
import { wrongPoints } from './effects.ts';
import { everyPoint } from './points.ts';
import { killAtRandom, type Killed } from './random.ts';
import { startScimTarget } from './scim-target.ts';
import { startTalentLmsTarget } from './talentlms-target.ts';
import type { Target } from './target.ts';

type Connector = Target['connector'];

/** Of the kills, so many percent must fall between the first and the last write, or they show little. */
const enough = 80;
/** Every so many points one goes into TalentLMS, whose background tasks cost seconds. */
const slowEvery = 10;

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '500' },
    seed: { type: 'string' },
    /** One point alone, as a failure names it. */
    point: { type: 'string' },
    target: { type: 'string' },
    /** Instead: before and after each effect of a pass, into both targets. */
    'every-effect': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const points = pointsOf(Number(values.points));

const all: Killed[] = [];
process.exitCode = (await (values['every-effect'] ? diesEverywhere() : diesAtRandom())) ? 0 : 1;

/** Whether all was well. */
async function diesAtRandom(): Promise<boolean> {
  const count = [...points.values()].reduce((sum, some) => sum + some.length, 0);
  console.log(`seed ${seed}: rosterd apply is killed at ${count} random moments`);
  const began = performance.now();
  await Promise.all([...points].map(([connector, some]) => killInto(connector, some)));
  const between = all.filter((one) => one.between).length;
  const share = Math.floor((100 * between) / Math.max(1, all.length));
  console.log(
    `${all.length} points in ${Math.round((performance.now() - began) / 1000)} s: ` +
      `${all.filter(({ died }) => died).length} killed before they had ended, ` +
      `${between} (${share} %) between the first and the last write; ${violations()} violations`,
  );
  const isTooFew = share < enough && values.point === undefined;
  if (isTooFew)
    console.log(`under ${enough} % fell between the first and the last write: this shows too little`);
  return violations() === 0 && !isTooFew && all.length > 0;
}

async function diesEverywhere(): Promise<boolean> {
  const wrong: string[] = [];
  for (const start of [startScimTarget, startTalentLmsTarget]) {
    const tried = await everyPoint(start);
    wrong.push(...wrongPoints(tried));
    console.log(`${tried.effects.length} effects, ${tried.points.length} points, ${wrong.length} violations`);
  }
  for (const one of wrong) console.log(one);
  return wrong.length === 0;
}

async function killInto(connector: Connector, some: readonly number[]): Promise<void> {
  for await (const killed of killAtRandom(connector, seed, some)) {
    all.push(killed);
    if (killed.wrong.length > 0) report(killed);
    if (all.length % 50 === 0) console.log(`${all.length} points, ${violations()} violations`);
  }
}

function pointsOf(wanted: number): ReadonlyMap<Connector, readonly number[]> {
  const { target } = values;
  if (target !== undefined && target !== 'scim' && target !== 'talentlms') {
    throw new Error('--target is scim or talentlms');
  }
  if (values.point !== undefined) return new Map([[target ?? 'scim', [Number(values.point)]]]);
  if (target !== undefined) return new Map([[target, upTo(wanted)]]);
  const slow = Math.floor(wanted / slowEvery);
  return new Map<Connector, readonly number[]>([
    ['scim', upTo(wanted - slow)],
    ['talentlms', upTo(slow)],
  ]);
}

function upTo(end: number): readonly number[] {
  return Array.from({ length: end }, (_, index) => index);
}

function violations(): number {
  return all.filter(({ wrong }) => wrong.length > 0).length;
}

function report({ point, target, wrong }: Killed): void {
  console.log(`point ${point} into ${target}:`);
  for (const one of wrong) console.log(`  ${one}`);
  console.log(`  again with: npm run crash -- --seed ${seed} --target ${target} --point ${point}`);
}

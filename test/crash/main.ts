import { parseArgs } from 'node:util';
import { killAtRandom, type Killed } from './random.ts';
import type { Target } from './target.ts';

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '500' },
    point: { type: 'string' },
    seed: { type: 'string' },
    target: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const targets: readonly Target['connector'][] =
  values.target === 'scim' || values.target === 'talentlms'
    ? [values.target]
    : ['scim', 'scim', 'scim', 'scim', 'talentlms'];
const points =
  values.point === undefined
    ? Array.from({ length: Number(values.points) }, (_, index) => index)
    : [Number(values.point)];

console.log(`seed ${seed}: rosterd apply is killed at ${points.length} random moments`);
const began = performance.now();
const all: Killed[] = [];
for await (const killed of killAtRandom(seed, points, [...new Set(targets)])) {
  all.push(killed);
  if (killed.wrong.length > 0) report(killed);
  if (all.length % 50 === 0) console.log(`${all.length} points, ${violated(all)} violations`);
}
const between = all.filter((one) => one.between).length;
const share = Math.round((100 * between) / all.length);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(
  `${all.length} points in ${seconds} s: ${all.filter(({ died }) => died).length} killed before they had ended, ` +
    `${between} (${share} %) between the first and the last write; ${violated(all)} violations`,
);
if (share < 80 && values.point === undefined)
  console.log('too few kills fell between the first and the last write');
process.exitCode = violated(all) > 0 || (share < 80 && values.point === undefined) ? 1 : 0;

function violated(killed: readonly Killed[]): number {
  return killed.filter(({ wrong }) => wrong.length > 0).length;
}

function report({ point, target, wrong }: Killed): void {
  console.log(`point ${point} (${target}):`);
  for (const one of wrong) console.log(`  ${one}`);
  console.log(
    `  again with: npm run crash -- --seed ${seed} --point ${point} ${values.target === undefined ? '' : `--target ${values.target}`}`,
  );
}

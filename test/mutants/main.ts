import { parseArgs } from 'node:util';
import { mutants } from './list.ts';
import type { Fate } from './trial.ts';
import { Trial } from './trial.ts';

/** Of the mistakes, so many percent must be noticed. */
const enough = 90;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    file: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true },
  },
});
const chosen = mutants.filter(
  ({ name, file }) =>
    (values.only === undefined || values.only.includes(name)) &&
    (values.file === undefined || values.file.some((part) => file.endsWith(part))),
);

const trial = await Trial.open(values.tests);
try {
  process.exitCode = (await tryAll()) ? 0 : 1;
} finally {
  await trial.close();
}

/** Whether enough of them were noticed, and every one could be tried. */
async function tryAll(): Promise<boolean> {
  const broken = await trial.withoutMistake(chosen);
  if (broken !== undefined) {
    console.log(`nothing can be said: without any mistake a test fails: ${broken}`);
    return false;
  }
  const counts: Record<Fate['kind'], number> = {
    caught: 0,
    survives: 0,
    'does not apply': 0,
    'does not load': 0,
  };
  for (const mutant of chosen) {
    const { name, file, harm, same } = mutant;
    const { kind, ...more } = await trial.fateOf(mutant);
    counts[kind] += 1;
    const said = 'by' in more ? `by: ${more.by}` : (same ?? harm);
    console.log(`${kind.padEnd(14)} ${file} ${name}: ${said}`);
  }
  const tried = counts.caught + counts.survives;
  const share = tried === 0 ? 0 : (100 * counts.caught) / tried;
  const told = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  console.log(`${chosen.length} mistakes: ${told.join(', ')}; ${share.toFixed(1)} % are noticed`);
  return share >= enough && tried === chosen.length;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Pair } from './figures.ts';
import { compile } from './compiled.ts';
import { jsonOf, tableOf } from './report.ts';
import { measureSize } from './scenarios.ts';

/**
 * Measures whole passes of rosterd, from a CSV file into a SCIM server on loopback, against bare programs that make the
 * same requests: `node bench/main.ts --people 10000,100000 --runs 3`. See docs/benchmarks.md for how to read it.
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '10000,100000' },
    runs: { type: 'string', default: '3' },
    /** What is run as rosterd; without it, the sources are compiled as they ship. */
    entry: { type: 'string' },
    delay: { type: 'string', default: '5' },
    /** Sizes above are not loaded into the slow target: it would take minutes. */
    'delay-up-to': { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
  },
});

const entry = values.entry === undefined ? await compile() : path.resolve(values.entry);
const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-bench-'));
const pairs: Pair[] = [];
try {
  for (const people of values.people.split(',').map(Number)) {
    const ground = {
      folder,
      entry,
      people,
      runs: Number(values.runs),
      say: (line: string) => process.stderr.write(`${line}\n`),
    };
    const delayMs = people <= Number(values['delay-up-to']) ? Number(values.delay) : undefined;
    for await (const pair of measureSize(ground, delayMs)) pairs.push(pair);
  }
} finally {
  await rm(folder, { recursive: true });
}
process.stdout.write(`${values.json ? jsonOf(pairs) : tableOf(pairs)}\n`);

import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { slopeOf, soak, type Day } from './soak.ts';
import { startSystemsApart } from './systems-apart.ts';

/** Days left out of the slope: caches fill, the heap finds its size. */
const warmUpDays = 3;
const mostMB = 512;
const mostSlopeMB = 1;

const { values } = parseArgs({
  options: {
    syncs: { type: 'string', default: '10' },
    /** Altogether. */
    people: { type: 'string', default: '50000' },
    days: { type: 'string', default: '7' },
  },
});
const syncs = Number(values.syncs);
const people = Math.floor(Number(values.people) / syncs);

// As main.ts does; and garbage is collected at the end of each day, so that what is left is what is kept.
setFlagsFromString('--heap-growing-percent=20');
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

const systems = await startSystemsApart(syncs);
const days: Day[] = [];
const began = performance.now();
try {
  console.log(`${syncs} syncs with ${people} people each, ${values.days} days`);
  for await (const day of soak({ syncs, people, days: Number(values.days), systems, gc })) {
    days.push(day);
    const { results, ...figures } = day;
    const shown = Object.entries(figures).map(([name, figure]) => `${name} ${Math.round(figure * 10) / 10}`);
    console.log(`${shown.join(', ')}, ${results.join(' and ')}`);
  }
} finally {
  await systems.stop();
}
process.exitCode = report() ? 0 : 1;

/** Whether all was well. */
function report(): boolean {
  const settled = days.slice(warmUpDays);
  const rssSlope = slopeOf(settled.map(({ rssMB }) => rssMB));
  const heapSlope = slopeOf(settled.map(({ heapMB }) => heapMB));
  const peak = Math.max(...days.map(({ peakMB }) => peakMB));
  const writes = days.reduce((sum, { secondWrites }) => sum + secondWrites, 0);
  console.log(
    `${Math.round((performance.now() - began) / 1000)} s: at most ${Math.round(peak)} MB resident; after garbage collection ` +
      `${rssSlope.toFixed(2)} MB resident and ${heapSlope.toFixed(2)} MB of heap more each day (from day ${warmUpDays + 1}); ` +
      `${writes} writes of second passes`,
  );
  const wrong = [
    ...(peak > mostMB ? [`more than ${mostMB} MB`] : []),
    ...(settled.length > 2 && Math.max(rssSlope, heapSlope) > mostSlopeMB ? ['it leaks'] : []),
    ...(writes > 0 ? ['second passes wrote'] : []),
    ...days
      .filter(({ results }) => results.some((one) => !/^(?:settled|applied)$/.test(one)))
      .map(({ day }) => `day ${day} did not end well`),
  ];
  for (const one of wrong) console.log(one);
  return wrong.length === 0;
}

import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { openCliBench } from '../cli/bench.ts';

const day = 24 * 3_600_000;

test('a process plans the same for the same people wherever its machine believes to be', async () => {
  const { rosterdWith, folder } = await openCliBench();
  const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });
  const near = [-2, -1, 0, 1, 2].map((days) => berlin.format(Date.now() + days * day));
  // Each of them begins, or has their last day, around today: a day more or less is another plan.
  const people = near.flatMap((date, at) => [
    `20${at}0,Begins,Example,begins${at}@example.org,Sales,1001,active,${date},`,
    `20${at}1,Ends,Example,ends${at}@example.org,Sales,1001,active,2020-01-01,${date}`,
  ]);
  await appendFile(join(folder, 'staff.csv'), `${people.join('\n')}\n`);
  const plans = await Promise.all(
    ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'].map(async (zone) => {
      const { stdout, code } = await rosterdWith({ TZ: zone }, 'plan', '--output', 'json');
      return { code, planned: withoutMoments(JSON.parse(stdout)) };
    }),
  );
  expect(plans[0]?.code).toBe(2);
  expect(JSON.stringify(plans[0])).toContain('2020');
  expect(plans[1]).toEqual(plans[0]);
  expect(plans[2]).toEqual(plans[0]);
});

/** What is read of the clock as an instant differs between any two processes. */
function withoutMoments(plan: unknown): unknown {
  return JSON.parse(JSON.stringify(plan, (key, value: unknown) => (moments.has(key) ? undefined : value)));
}

const moments = new Set(['asOf', 'at', 'startedAt', 'endedAt']);

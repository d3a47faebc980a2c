import { expect, test } from 'vitest';
import { fakeClock, memoryDetails } from '../../contract/context.ts';
import { openBench, people } from './bench.ts';

test('the requests an hour that a connection may use are not given anew to each pass', async () => {
  const clock = fakeClock();
  const bench = await openBench({
    users: people(500),
    customFields: [{ name: 'hris_id', type: 'text' }],
    clock,
    limits: { perHour: 10_000, per5s: 200 },
    details: memoryDetails(),
    config: { perHour: 200 },
  });
  for (let pass = 1; pass <= 3; pass += 1) await bench.read({ attributes: ['custom.hris_id'] });
  expect(clock.sleptMs()).toBeLessThan(3_600_000);
  // The lists of the second and the third pass come on top: a pass cannot do without them.
  expect(bench.portal.loopback.log.length).toBeLessThanOrEqual(200);
  await bench.portal.close();
});

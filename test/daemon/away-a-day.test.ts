import { onTestFinished, expect, test } from 'vitest';

import type { CompiledSync } from '../../src/spec/compiled.ts';
import { person } from '../plan/people.ts';
import { sync } from '../plan/specs.ts';
import { House } from './house.ts';
import { everyFiveMinutes, peopleOps, specsOf } from './invented.ts';
import { hour, minute, start } from './rig.ts';

const day = 24 * hour;
const five = 5 * minute;

function often(name: string, from: string): CompiledSync {
  return sync({
    name,
    from,
    to: `${name}-target`,
    direction: `${from} → ${name}-target`,
    schedule: everyFiveMinutes,
    notify: [peopleOps.name],
  });
}

const dead = ['sales', 'guests', 'interns'];
const specs = {
  ...specsOf('r1', [...dead.map((name) => often(name, 'hr')), often('payroll', 'ledger')]),
  channels: new Map([[peopleOps.name, { ...peopleOps, events: ['failure', 'held', 'drift'] as const }]]),
};

test('an HR system that is away for a day costs little, is told twice, and holds nobody else up; then all is right at once', async () => {
  const house = await new House(specs, start).start();
  onTestFinished(async () => await house.stop());
  const [hr, ledger] = [house.system('hr'), house.system('ledger')];
  const accounts = (name: string) => [...house.system(`${name}-target`).rows.keys()].toSorted();
  const runs = async () => (await house.store.runs({ limit: 100_000 })).length;
  hr.hold(person('ada'), person('ben'));
  ledger.hold(person('cleo'));
  await house.clock.advance(hour + minute);
  for (const name of dead) expect(accounts(name)).toEqual(['acc-ada', 'acc-ben']);
  expect(house.mails).toEqual([]);

  const before = {
    passes: house.passes.length,
    runs: await runs(),
    lines: house.logged.length,
    asked: hr.asked,
    sleeping: house.clock.sleeping,
  };
  hr.away = true;
  await house.clock.advance(day / 2);
  expect(house.mails).toEqual(['connection hr is away: Unreachable']);
  expect(house.texts[0]).toContain('Waiting for it: guests, interns, sales.');
  // Another process knows nothing of the breaker, but the store knows what was told.
  await house.stop();
  await house.start();
  hr.hold(person('dora'));
  ledger.hold(person('edgar'));
  await house.clock.advance(day / 2 - 10_000);
  expect(house.mails).toHaveLength(1);

  const passes = house.passes.slice(before.passes);
  const probes = passes.filter(({ sync: name }) => dead.includes(name));
  const scheduled = day / five;
  // One for each time that the schedules fire, and the few of the breaker's own: of two processes, 1, 5, 15, 60 and 360 minutes.
  expect(probes.length).toBeGreaterThanOrEqual(scheduled);
  expect(probes.length).toBeLessThanOrEqual(scheduled + 2 * 6);
  expect(hr.asked - before.asked).toBe(probes.length);
  const healthy = passes.filter(({ sync: name }) => name === 'payroll');
  expect(healthy).toHaveLength(scheduled);
  for (const { at } of healthy) expect((at - start) % five).toBeLessThan(minute);
  expect(accounts('payroll')).toEqual(['acc-cleo', 'acc-edgar']);
  expect((await runs()) - before.runs).toBe(passes.length);
  // Two lines for each pass; what the processes say of themselves and of the connection is a handful.
  expect(house.logged.length - before.lines).toBeLessThanOrEqual(2 * passes.length + 8);
  expect(house.clock.sleeping).toBe(before.sleeping);
  expect((await house.daemon.status()).queue.length).toBe(dead.length);

  hr.away = false;
  const back = house.clock.now();
  await house.clock.advance(five);
  for (const name of dead) expect(accounts(name)).toEqual(['acc-ada', 'acc-ben', 'acc-dora']);
  const after = house.passes.filter(({ sync: name, at }) => dead.includes(name) && at > back);
  expect(new Set(after.slice(0, 3).map(({ sync: name }) => name)).size).toBe(3);
  expect(after[2]?.at).toBe(after[0]?.at);
  await house.clock.advance(hour);
  expect(house.mails).toEqual([
    'connection hr is away: Unreachable',
    'The absence of connection hr: resolved',
  ]);
}, 60_000);

test('a connection that came back while no daemon ran is told about by the next one, once', async () => {
  const house = await new House(specs, start).start();
  onTestFinished(async () => await house.stop());
  house.system('hr').away = true;
  await house.clock.advance(7 * minute);
  await house.stop();
  house.system('hr').away = false;
  await house.start();
  await house.clock.advance(hour);
  expect(house.mails).toEqual([
    'connection hr is away: Unreachable',
    'The absence of connection hr: resolved',
  ]);
});

import { expect, onTestFinished, test } from 'vitest';
import { staff } from './company.ts';
import { startScimTarget } from './scim-target.ts';
import { startTalentLmsTarget } from './talentlms-target.ts';
import { World } from './world.ts';

/** A channel that asks for `summary` is told of each pass, whatever came of it; no other is told of these. */
test.each([
  { name: 'SCIM', start: startScimTarget },
  { name: 'TalentLMS', start: startTalentLmsTarget },
])('a pass over a converged $name asks for nothing but reads, and queues no mail', async ({ start }) => {
  const world = await World.open(start, 'failure, held, drift');
  onTestFinished(() => world.close());
  world.hr(staff);
  expect((await world.pass()).outcome?.summary.result).toBe('applied');
  await world.pass();
  for (let times = 0; times < 3; times += 1) {
    world.mails.length = 0;
    world.target.loopback.log.length = 0;
    const { process, outcome } = await world.pass();
    expect(outcome?.summary.result).toBe('settled');
    const methods = new Set(world.target.loopback.log.map(({ method }) => method));
    expect([...methods]).toEqual(['GET']);
    expect(process.effects.filter((effect) => /mail|Mail|Alert|Intents|settle/.test(effect))).toEqual([]);
    expect(world.mails).toEqual([]);
  }
});

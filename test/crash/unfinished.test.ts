import { expect, test } from 'vitest';
import { wrongAfterNextPass, writesOf } from './check.ts';
import { prepare } from './story.ts';
import { startTalentLmsTarget } from './talentlms-target.ts';
import { World } from './world.ts';

test('an account that a killed process left outside its branch waits for the kill switch, and is completed then', async ({
  onTestFinished,
}) => {
  const world = await World.open(startTalentLmsTarget);
  onTestFinished(() => world.close());
  await prepare(world);
  world.restore();
  const { process } = await world.pass();
  const undisturbed = writesOf(world);
  world.restore();
  await world.pass({ at: process.effects.indexOf('POST users') + 1, when: 'after', how: 'kill' });
  const outside = () => world.target.accounts().filter(({ person }) => person === '').length;
  expect(outside()).toBeGreaterThan(1);

  const before = world.target.loopback.writes().length;
  const left = outside();
  world.killSwitch = true;
  await world.pass();
  expect(world.target.loopback.writes()).toHaveLength(before);
  expect(outside()).toBe(left);

  world.killSwitch = false;
  expect(await wrongAfterNextPass(world, undisturbed)).toEqual([]);
});

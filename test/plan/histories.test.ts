import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../src/model/row.ts';
import { describeChange } from '../../src/plan/describe.ts';
import { day, noon } from './columns.ts';
import { leftUndone } from './left-undone.ts';
import { anyHistory, type Event } from './histories.ts';
import { World } from './world.ts';

const hour = 60 * 60_000;

test('whatever happens to people, HR and accounts: passes come to rest, and then there is nothing left to do', () => {
  assert(
    property(anyHistory, ({ given, events }) => {
      const people = new Map((given.people ?? []).map((row) => [row.id, row]));
      const world = new World(given);
      let now = noon;
      settle(world, now);
      for (const round of events) {
        for (const event of round) now = happen(event, world, people, now);
        // Not at the very minute at which something of the round before falls due.
        now += hour;
        world.hires([...people.values()]);
        settle(world, now);
      }
    }),
    { numRuns: 1_000 },
  );
});

/** More passes than anything has to wait for. */
const mostPasses = 6;

/** A pass leaves nothing undone that it could see; what had to wait for it is done by the next, until there is nothing to do. */
function settle(world: World, now: number): void {
  let before = world.planAt(now);
  for (let pass = 1; before.changes.length > 0; pass += 1) {
    world.apply(before.changes, before.memory);
    const next = world.planAt(now + pass * 60_000);
    expect(leftUndone(next, before).map(describeChange)).toEqual([]);
    expect(pass).toBeLessThan(mostPasses);
    before = next;
  }
  world.apply([], before.memory);
}

function happen(event: Event, world: World, people: Map<string, Row>, now: number): number {
  if (event.kind === 'hr') people.set(event.row.id, event.row);
  if (event.kind === 'gone') people.delete(event.id);
  if (event.kind === 'by-hand') world.tamper(event.of, event.fields, event.active);
  return event.kind === 'days' ? now + event.days * day : now;
}

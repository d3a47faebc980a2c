import { expect, test } from 'vitest';
import { WholeLooks } from '../../src/daemon/whole-looks.ts';
import { outcomeOf } from './invented.ts';
import { hour, minute, start } from './rig.ts';

test.each([
  { what: 'a minute leaves five to others, and no more', tookMs: minute, rest: 5 * minute },
  { what: 'half an hour leaves as much', tookMs: hour / 2, rest: 5 * minute },
  { what: 'two seconds leave twenty', tookMs: 2_000, rest: 20_000 },
  { what: 'a moment in which the clock was set back leaves nothing', tookMs: -hour, rest: 0 },
])('a look at everybody that took $what', ({ tookMs, rest }) => {
  const looks = new WholeLooks();
  const outcome = outcomeOf('staff', { at: start, summary: { endedAt: start + tookMs } });
  looks.note({ sync: 'staff', trigger: 'webhook' }, outcome, start);
  expect(looks.earliest('staff')).toBe(start + rest);
});

test('a look at a few people makes nobody wait, and ends the wait before it', () => {
  const looks = new WholeLooks();
  const endedAt = start + minute;
  const everybody = outcomeOf('staff', { at: start, summary: { endedAt } });
  const few = outcomeOf('staff', {
    at: start,
    summary: { endedAt, partial: { people: 1, notFound: 0 } },
  });
  looks.note({ sync: 'staff', trigger: 'due' }, everybody, start);
  looks.note({ sync: 'staff', trigger: 'webhook' }, few, start);
  expect(looks.earliest('staff')).toBe(0);
});

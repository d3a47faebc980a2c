import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Fields } from './columns.ts';
import { day } from './columns.ts';
import { person, shape } from './people.ts';
import { isOneOf, withThen } from './specs.ts';
import { World } from './world.ts';

const page = readFileSync(new URL('../../docs/lifecycle.md', import.meta.url), 'utf8');

/** What HR says of her from that day on; `phone` stands for the reason. */
const records: Readonly<Record<string, Fields>> = {
  '2026-11-16': { starts: '2026-12-01' },
  '2027-03-01': { starts: '2026-12-01', first_name: 'Adele' },
  '2027-05-03': { starts: '2026-12-01', first_name: 'Adele', status: 'leave' },
  '2027-09-01': { starts: '2026-12-01', first_name: 'Adele' },
  '2027-11-02': { starts: '2026-12-01', first_name: 'Adele', lastDay: '2027-11-30' },
  '2028-01-10': { starts: '2026-12-01', first_name: 'Adele' },
  '2028-02-01': {
    starts: '2026-12-01',
    first_name: 'Adele',
    lastDay: '2028-03-31',
    phone: 'dismissal',
  },
  '2028-06-01': { starts: '2026-12-01', first_name: 'Adele' },
};

test('the table of one life is what a pass on each of its days does, and on no day between them anything is done', () => {
  const told = [...page.matchAll(/^\| (\d{4}-\d\d-\d\d) \|(.*)\|$/gm)].map(([, on = '', cells = '']) => {
    const [, , deed = '', because = '', cause = ''] = cells.split('|').map((cell) => cell.trim());
    return { on, deed, because, cause };
  });
  expect(told.length).toBe(12);
  const days = new Map(told.map((line) => [line.on, line]));
  const world = new World({
    shape: { abilities: { ...shape.abilities, createDisabled: true } },
    sync: withThen({
      starting: { createBeforeDays: 14 },
      immediatelyWhen: isOneOf('phone', 'dismissal'),
      deleteAfterMs: 90 * day,
      away: 'disable',
    }),
  });
  for (let now = Date.UTC(2026, 10, 16); now <= Date.UTC(2028, 5, 2); now += day) {
    const on = new Date(now).toISOString().slice(0, 10);
    const fields = records[on];
    if (fields !== undefined) world.hires([person('ada', fields)]);
    const { changes, verdicts, memory } = world.planAt(now);
    const done = changes.map(({ kind, active, reason, cause }) => ({
      on,
      deed: active === false ? `${kind} disabled` : kind,
      because: reason,
      cause,
    }));
    const line = days.get(on);
    if (line?.deed === 'nothing') {
      expect(done).toEqual([]);
      expect(verdicts.map(({ reason }) => reason).join('')).toBe(line.because);
    } else expect(done).toEqual(line === undefined ? [] : [line]);
    world.apply(changes, memory);
  }
});

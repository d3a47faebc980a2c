import { expect, test } from 'vitest';
import { judgeCopy } from '../../../src/connectors/merge/copy.ts';
import { configSchema } from '../../../src/connectors/merge/schema.ts';
import type { Json } from '../../../src/model/value.ts';

type Status = Readonly<Record<string, Json>>;

const now = Date.parse('2026-11-20T08:00:00Z');
const rules = configSchema.parse({});
const done: Status = {
  status: 'DONE',
  last_sync_result: 'DONE',
  last_sync_start: '2026-11-20T06:00:00Z',
  last_sync_finished: '2026-11-20T06:20:00Z',
  is_initial_sync: false,
};
const running: Status = { ...done, status: 'SYNCING', last_sync_start: '2026-11-20T07:55:00Z' };

function judge(employee: Status | undefined, more: Readonly<Record<string, Status>> = {}, config = rules) {
  const known = { ...(employee === undefined ? {} : { Employee: employee }), ...more };
  const statuses = Object.entries(known).map(([model, status]) => ({ model_id: `hris.${model}`, ...status }));
  const models = ['Employee', 'Employment', 'Group'].filter((model) => model === 'Employee' || model in more);
  return judgeCopy(statuses, models, config, now);
}

test.each<[string, Status, string]>([
  ['that has ended is from its beginning', done, '2026-11-20T06:00:00.000Z'],
  [
    'is from the moment that Merge says',
    { ...done, data_fresh_as_of: '2026-11-20T05:30:00Z' },
    '2026-11-20T05:30:00.000Z',
  ],
  ['that is being renewed is from the end of the one before', running, '2026-11-20T06:20:00.000Z'],
  [
    'that is being renewed is from the moment that Merge says',
    { ...running, data_fresh_as_of: '2026-11-20T06:00:00Z' },
    '2026-11-20T06:00:00.000Z',
  ],
  ['without a beginning is from its end', { ...done, last_sync_start: null }, '2026-11-20T06:20:00.000Z'],
  [
    'from a clock that is ahead is from now',
    { ...done, data_fresh_as_of: '2026-11-20T08:05:00Z' },
    '2026-11-20T08:00:00.000Z',
  ],
  [
    'that was the first one and has ended counts',
    { ...done, is_initial_sync: true },
    '2026-11-20T06:00:00.000Z',
  ],
  [
    'for which a filter is set and not yet applied counts',
    { ...done, selective_sync_configurations_usage: 'IN_NEXT_SYNC' },
    '2026-11-20T06:00:00.000Z',
  ],
])('a copy %s', (_, employee, asOf) => {
  expect(judge(employee)).toEqual({ state: 'whole', asOf, off: [] });
});

test.each<[string, Status | undefined, RegExp, boolean]>([
  [
    'is the first and not done',
    { ...running, is_initial_sync: true },
    /first copy of Employee \(SYNCING\)/,
    false,
  ],
  [
    'is the first and in part',
    { ...done, status: 'PARTIALLY_SYNCED', is_initial_sync: true },
    /first copy.*PARTIALLY_SYNCED/,
    false,
  ],
  [
    'is the first and has failed',
    { ...done, status: 'FAILED', is_initial_sync: true },
    /first copy.*FAILED/,
    false,
  ],
  [
    'is the first and is paused',
    { ...done, status: 'PAUSED', is_initial_sync: true },
    /first copy.*PAUSED/,
    false,
  ],
  [
    'does not say whether it is the first',
    { status: 'SYNCING', last_sync_result: 'DONE' },
    /first copy/,
    false,
  ],
  ['has failed', { ...done, status: 'FAILED' }, /last copy of Employee is not whole \(FAILED\)/, false],
  ['is paused', { ...done, status: 'PAUSED' }, /PAUSED/, false],
  ['is in part', { ...done, status: 'PARTIALLY_SYNCED' }, /PARTIALLY_SYNCED/, false],
  ['is renewed after one that failed', { ...running, last_sync_result: 'FAILED' }, /FAILED/, false],
  ['has a status that nobody knows', { ...done, status: 'Mira Vogt' }, /a status that is not known/, false],
  [
    'says no moment',
    { ...done, last_sync_start: null, last_sync_finished: null },
    /does not say when/,
    false,
  ],
  ['is eight days old', { ...done, data_fresh_as_of: '2026-11-12T08:00:00Z' }, /192 hours old/, false],
  ['is switched off', { ...done, status: 'DISABLED' }, /switched off/, true],
  ['is not there', undefined, /copies no Employee/, true],
  [
    'is a part by a filter',
    { ...done, selective_sync_configurations_usage: 'IN_LAST_SYNC' },
    /Selective Sync/,
    true,
  ],
])('a copy that %s is none', (_, employee, why, needsSomebody) => {
  expect(judge(employee)).toEqual({
    state: 'not-whole',
    why: expect.stringMatching(why) as string,
    needsSomebody,
  });
});

test('what is copied in part or by a filter counts where the config says so, and never a first copy in part', () => {
  const config = configSchema.parse({ partialCopies: 'accept', selectiveSync: 'accept' });
  const part = { ...done, status: 'PARTIALLY_SYNCED', selective_sync_configurations_usage: 'IN_LAST_SYNC' };
  expect(judge(part, {}, config).state).toBe('whole');
  expect(judge({ ...part, is_initial_sync: true }, {}, config).state).toBe('not-whole');
});

test('a reading is as old as the oldest of what it is made of', () => {
  const job = { ...done, last_sync_start: '2026-11-19T22:00:00Z' };
  expect(judge(done, { Employment: job })).toMatchObject({ asOf: '2026-11-19T22:00:00.000Z' });
});

test('a part that failed is no reading; one that is switched off or that this HR system lacks is left out', () => {
  expect(judge(done, { Employment: { ...done, status: 'FAILED' } }).state).toBe('not-whole');
  const off = judge(done, { Employment: { ...done, status: 'DISABLED' } });
  expect(off).toMatchObject({ state: 'whole', off: ['Employment'] });
  const statuses = [{ model_id: 'hris.Employee', ...done }];
  expect(judgeCopy(statuses, ['Employee', 'Group'], rules, now)).toMatchObject({ off: ['Group'] });
});

import { describe, expect, test } from 'vitest';

import { checkCron } from '../../src/schedule/cron.ts';

describe('a schedule is checked when the specs are read', () => {
  test.each([
    ['0 5 * * 1', 'Europe/Berlin'],
    ['*/15 8-17 * * MON-FRI', 'America/New_York'],
    ['0 0 L * *', 'UTC'],
    ['0 22-2 * jan,feb *', 'Asia/Kolkata'],
    ['0 0 29 2 *', 'UTC'],
    ['0 0 ? * 7', 'Pacific/Kiritimati'],
  ])('%s in %s is sound', (cron, timezone) => {
    expect(checkCron(cron, timezone)).toBeUndefined();
  });

  test.each([
    ['0 0 13 * 5', 'UTC', 'names a day of month and a day of week'],
    ['0 0 1-31 * 1', 'UTC', 'names a day of month and a day of week'],
    ['0 0 30 2 *', 'UTC', 'never comes'],
    ['0 0 31 4,6,9,11 *', 'UTC', 'never comes'],
    ['* * * * * *', 'UTC', 'has 6 fields'],
    ['@daily', 'UTC', 'has 1 fields'],
    ['60 0 * * *', 'UTC', 'minute "60" is not valid'],
    ['0 25 * * *', 'UTC', 'hour'],
    ['0 0 15W * *', 'UTC', 'uses "15W"'],
    ['0 0 * * 5L', 'UTC', 'uses "5L"'],
    ['0 5 * * 1', 'Europe/Berln', 'time zone "Europe/Berln" is not known'],
    ['0 5 * * 1', '+02:00', 'time zone "+02:00" is not known'],
  ])('%s in %s is refused: %s', (cron, timezone, sentence) => {
    expect(checkCron(cron, timezone)).toContain(sentence);
  });
});

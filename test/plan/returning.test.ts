import { expect, test } from 'vitest';
import type { Case } from './cases.ts';
import { ada, adas, inSales, leaver, tell } from './cases.ts';
import { account, link, person, stranger } from './people.ts';
import { withThen } from './specs.ts';
import { noon } from './columns.ts';
import { summarize } from './summary.ts';
import { World } from './world.ts';

const disabled = account('ada', {}, { active: false });
const gone = { state: 'tombstone', ended: 'left', endedAt: noon - 1000, writtenAt: noon - 1000 } as const;
const tombstone = link('ada', gone);
const again = 'returned: here again after the account was given up (left)';

const returning: readonly Case[] = [
  {
    name: 'who comes back after leaving gets the former account back, enabled and in line',
    people: [person('ada', { first_name: 'Ada' })],
    accounts: [disabled],
    links: [tombstone],
    changes: [`enable ada and link (${again}; differs: first_name)`],
    says: [`ada is returned (${again}; differs: first_name)`],
  },
  {
    name: 'who comes back to an account that somebody has enabled already is linked to it again',
    people: [ada],
    accounts: [adas],
    links: [tombstone],
    changes: [`adopt ada (${again})`],
    says: [`ada is returned (${again})`],
  },
  {
    name: 'who comes back to a sync that enables nobody waits for another mode',
    people: [person('ada', { first_name: 'Ada' })],
    accounts: [disabled],
    links: [tombstone],
    sync: { mode: 'create-only' },
    says: [
      `ada is returned (${again}; differs: first_name; mode create-only does not update; mode create-only does not enable)`,
    ],
  },
  {
    name: 'who comes back where a person decides waits for that person',
    people: [ada],
    accounts: [disabled],
    links: [tombstone],
    sync: withThen({ returned: 'hold' }),
    says: [`ada is returned! (${again})`],
  },
  {
    name: 'who will come back keeps the account disabled until the first day',
    people: [person('ada', { starts: '2026-12-01' })],
    accounts: [disabled],
    links: [tombstone],
    sync: withThen({ starting: { createBeforeDays: 14 } }),
    says: ['ada is returned (starts 2026-12-01, made ready ahead)'],
  },
  {
    name: 'who comes back to an account that belongs to somebody else by now gets none',
    people: [ada],
    accounts: [disabled],
    links: [tombstone],
    owners: { 'acc-ada': { sync: 'interns', personId: 'x' } },
    says: ['ada is foreign! (the account belongs to sync "interns")'],
  },
  {
    name: 'who comes back to an account that went to somebody else meanwhile gets one of their own',
    people: [ada],
    accounts: [stranger('ada', { email: 'other@example.com' }, { active: false })],
    links: [link('ada', { state: 'tombstone', endedAt: noon - 1000, writtenAt: noon - 1000 })],
    changes: [
      'create ada (returned: the former account was given to somebody else; no account matches; email, first_name, hris_id)',
    ],
    says: ['ada is unmatched (returned: the former account was given to somebody else; no account matches)'],
  },
  {
    name: 'who comes back to an account that was missing from one reading waits for the next',
    people: [ada],
    links: [tombstone],
    says: ['ada is missing (missing: not in this reading, the next one decides)'],
  },
  {
    name: 'who comes back to an account that is gone gets a new one',
    people: [ada],
    links: [link('ada', { ...gone, missingReads: 1 })],
    changes: [
      'create ada (returned: the former account is gone; no account matches; email, first_name, hris_id)',
    ],
    says: ['ada is unmatched (returned: the former account is gone; no account matches)'],
  },
  {
    name: 'who comes back after we deleted the account gets a new one at once',
    people: [ada],
    links: [link('ada', { ...gone, ended: 'deleted' })],
    changes: [
      'create ada (returned: the former account is gone; no account matches; email, first_name, hris_id)',
    ],
    says: ['ada is unmatched (returned: the former account is gone; no account matches)'],
  },
  {
    name: 'who comes back to an account that is gone is given the one that matches',
    people: [ada],
    accounts: [stranger('ada')],
    links: [link('ada', { ...gone, accountId: 'acc-7', missingReads: 1 })],
    changes: ['adopt ada (returned: the former account is gone; matched by match[0]; hris_id)'],
    says: ['ada is unlinked (returned: the former account is gone; matched by match[0])'],
  },
  {
    name: 'where everybody who comes back gets a new account, the former one is left alone',
    people: [person('ada', { email: 'ada.new@example.com' })],
    accounts: [account('ada', { hris_id: undefined }, { active: false })],
    links: [tombstone],
    sync: withThen({ returned: 'new' }),
    changes: [
      'create ada (returned: the former account is left alone; no account matches; email, first_name, hris_id)',
    ],
    says: ['ada is unmatched (returned: the former account is left alone; no account matches)'],
  },
  {
    name: 'a new account is not made while the former one holds a value that no two may share',
    people: [ada],
    accounts: [account('ada', { hris_id: undefined }, { active: false })],
    links: [tombstone],
    sync: withThen({ returned: 'new' }),
    says: [
      'ada is failed! (attribute "email": the former account acc-ada still holds the value; change or clear it there, or write then.returned: reuse)',
    ],
  },
  {
    name: 'nor while it carries the identity',
    people: [person('ada', { email: 'ada.new@example.com' })],
    accounts: [disabled],
    links: [tombstone],
    sync: withThen({ returned: 'new' }),
    says: [
      'ada is failed! (attribute "hris_id": the former account acc-ada still holds the value; change or clear it there, or write then.returned: reuse)',
    ],
  },
  {
    name: 'who was out of scope comes back to the former account, as they had not left',
    people: [ada],
    accounts: [disabled],
    links: [link('ada', { ...gone, ended: 'outOfScope' })],
    sync: { ...inSales, ...withThen({ outOfScope: 'disable', returned: 'new' }) },
    changes: ['enable ada and link (returned: here again after the account was given up (outOfScope))'],
    says: ['ada is returned (returned: here again after the account was given up (outOfScope))'],
  },
  {
    name: 'who was away comes back to the account, whatever is said of those who had left',
    people: [ada],
    accounts: [disabled],
    links: [link('ada', { ...gone, ended: 'away' })],
    sync: withThen({ away: 'disable', returned: 'hold' }),
    changes: ['enable ada and link (back: the account was disabled for an absence)'],
    says: ['ada is returned (back: the account was disabled for an absence)'],
  },
  {
    name: 'who comes back from an absence to an account that is gone gets a new one',
    people: [ada],
    links: [link('ada', { ...gone, ended: 'away', missingReads: 1 })],
    sync: withThen({ away: 'disable', returned: 'hold' }),
    changes: [
      'create ada (returned: the former account is gone; no account matches; email, first_name, hris_id)',
    ],
    says: ['ada is unmatched (returned: the former account is gone; no account matches)'],
  },
  {
    name: 'who is still away loses the account again that somebody enabled meanwhile',
    people: [person('ada', { status: 'leave' })],
    accounts: [adas],
    links: [link('ada', { ...gone, ended: 'away' })],
    sync: withThen({ away: 'disable' }),
    changes: ['disable ada (away: the account was enabled again)'],
    says: ['ada is away! (away: the account was enabled again)'],
  },
  {
    name: 'two people who come back to one account are both held out',
    people: [ada, person('bob')],
    accounts: [disabled],
    links: [tombstone, link('bob', { ...gone, accountId: 'acc-ada' })],
    says: [
      'ada is collision! (collision: several people stand for this account)',
      'bob is collision! (collision: several people stand for this account)',
    ],
  },
  {
    name: 'a leaver whose former account is gone is nobody to look for',
    people: [leaver],
    links: [link('ada', { ...gone, missingReads: 1 })],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
];

tell(returning);

test('who leaves while the account is disabled for an absence comes back as who had left', () => {
  const sync = withThen({ away: 'disable', returned: 'hold' });
  const world = new World({
    people: [person('ada', { status: 'leave' })],
    accounts: [adas],
    links: [link('ada')],
    sync,
  });
  world.pass();
  world.hires([leaver]);
  expect(world.pass().memory).toEqual([{ kind: 'left', personId: 'ada' }]);
  expect(world.pass().memory).toEqual([]);
  world.hires([ada]);
  expect(summarize(world.plan())).toEqual({ changes: [], people: [`ada is returned! (${again})`] });
});

import type { Case } from './cases.ts';
import { tell } from './cases.ts';
import { noon } from './columns.ts';
import { account, link, person, shape, stranger } from './people.ts';
import { withThen } from './specs.ts';

const ahead = withThen({ starting: { createBeforeDays: 14 } });
const usable = withThen({ starting: { createBeforeDays: 14, enable: 'on-create' } });
const abilities = { ...shape.abilities, createDisabled: true };
const able = { ...shape, abilities };
const joiner = person('ada', { starts: '2026-12-01' });
const made = account('ada', {}, { active: false });
const linked = link('ada', { writtenAt: noon - 1000 });

const starting: readonly Case[] = [
  {
    name: 'who starts soon gets an account ahead, which cannot be used yet',
    people: [joiner],
    sync: ahead,
    shape: able,
    changes: ['create ada disabled (starts 2026-12-01, made ready ahead; email, first_name, hris_id)'],
    says: ['ada is unmatched (starts 2026-12-01, made ready ahead)'],
  },
  {
    name: 'who starts later than that gets none yet',
    people: [person('ada', { starts: '2026-12-07' })],
    sync: ahead,
    shape: able,
    says: ['ada is unmatched (starts later: 2026-12-07)'],
  },
  {
    name: 'the day on which accounts are made ahead begins in the time zone of the person',
    people: [
      person('ada', { starts: '2026-12-07', zone: 'Pacific/Kiritimati' }),
      person('bob', { starts: '2026-12-07' }),
    ],
    sync: ahead,
    shape: able,
    changes: ['create ada disabled (starts 2026-12-07, made ready ahead; email, first_name, hris_id)'],
    says: [
      'ada is unmatched (starts 2026-12-07, made ready ahead)',
      'bob is unmatched (starts later: 2026-12-07)',
    ],
  },
  {
    name: 'where it may be used from the beginning, the account is made so',
    people: [joiner],
    sync: usable,
    changes: ['create ada (starts 2026-12-01, made ready ahead; email, first_name, hris_id)'],
    says: ['ada is unmatched (starts 2026-12-01, made ready ahead)'],
  },
  {
    name: 'a target that cannot make a disabled account is told about, with the way out',
    people: [joiner],
    sync: ahead,
    says: [
      'ada is unmatched! (starts 2026-12-01, made ready ahead; the platform cannot make an account that is disabled; write then.starting.enable: on-create, or createBefore: 0d)',
    ],
  },
  {
    name: 'an account that was made ahead is kept in line and disabled until the first day',
    people: [person('ada', { starts: '2026-12-01', first_name: 'Ada' })],
    accounts: [made],
    links: [linked],
    sync: ahead,
    shape: able,
    changes: ['update ada (differs: first_name)'],
    says: ['ada is linked (differs: first_name)'],
  },
  {
    name: 'on the first day it is enabled',
    people: [person('ada', { starts: '2026-11-22' })],
    accounts: [made],
    links: [link('ada', { writtenAt: noon - 86_400_000 })],
    sync: ahead,
    shape: able,
    changes: ['enable ada (first day: 2026-11-22)'],
    says: ['ada is linked (first day: 2026-11-22)'],
  },
  {
    name: 'also where no pass was made on the first day',
    people: [person('ada', { starts: '2026-11-20' })],
    accounts: [made],
    links: [link('ada', { writtenAt: noon - 9 * 86_400_000 })],
    sync: ahead,
    shape: able,
    changes: ['enable ada (first day: 2026-11-20)'],
    says: ['ada is linked (first day: 2026-11-20)'],
  },
  {
    name: 'who is here for long and was deactivated in the target is enabled for that reason',
    people: [person('ada', { starts: '2026-11-20' })],
    accounts: [made],
    links: [linked],
    sync: ahead,
    shape: able,
    changes: ['enable ada (deactivated in the target)'],
    says: ['ada is linked (deactivated in the target)'],
  },
  {
    name: 'who starts later and has a disabled account that matches is linked and not enabled',
    people: [joiner],
    accounts: [stranger('ada', { hris_id: 'ada' }, { active: false })],
    sync: ahead,
    shape: able,
    changes: ['adopt ada (matched by identity)'],
    says: ['ada is unlinked (matched by identity)'],
  },
  {
    name: 'a start that is called off takes the account that was made ahead with it',
    people: [person('ada', { starts: '2026-12-01', status: 'inactive' })],
    accounts: [account('ada')],
    links: [linked],
    sync: usable,
    changes: ['disable ada (left: the status says so)'],
    says: ['ada is left (left: the status says so)'],
  },
];

tell(starting);

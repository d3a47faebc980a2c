import type { Case } from './cases.ts';
import { adas, adasLink, tell } from './cases.ts';
import { person } from './people.ts';
import { isOneOf, reads, withThen } from './specs.ts';

const adasAccount = { accounts: [adas], links: [adasLink] } as const;
const dismissed = withThen({ immediatelyWhen: isOneOf('phone', 'dismissal') });
const atOnce = 'left: at once, without waiting for the last day';

const dismissing: readonly Case[] = [
  {
    ...adasAccount,
    name: 'who is dismissed for a reason that the spec names does not wait for the last day',
    people: [person('ada', { lastDay: '2026-12-31', phone: 'dismissal' })],
    sync: dismissed,
    changes: [`disable ada (${atOnce})`],
    says: [`ada is left (${atOnce})`],
  },
  {
    ...adasAccount,
    name: 'nor does a status that says so',
    people: [person('ada', { status: 'inactive', lastDay: '2026-12-31', phone: 'dismissal' })],
    sync: dismissed,
    changes: ['disable ada (left: the status says so)'],
    says: ['ada is left (left: the status says so)'],
  },
  {
    ...adasAccount,
    name: 'nor a last day that is today',
    people: [person('ada', { lastDay: '2026-11-22', phone: 'dismissal' })],
    sync: dismissed,
    changes: [`disable ada (${atOnce})`],
    says: [`ada is left (${atOnce})`],
  },
  {
    ...adasAccount,
    name: 'who leaves for any other reason stays until the last day is over',
    people: [person('ada', { lastDay: '2026-12-31', phone: 'retirement' })],
    sync: dismissed,
    says: [],
  },
  {
    ...adasAccount,
    name: 'who leaves and has no reason yet stays as well',
    people: [person('ada', { status: 'inactive', lastDay: '2026-12-31' })],
    sync: dismissed,
    says: [],
  },
  {
    ...adasAccount,
    name: 'a reason without a last day and without a left status dismisses nobody',
    people: [person('ada', { phone: 'dismissal' })],
    sync: dismissed,
    says: [],
  },
  {
    ...adasAccount,
    name: 'a reason of an earlier employment dismisses nobody',
    people: [person('ada', { lastDay: '2026-11-01', starts: '2026-11-10', phone: 'dismissal' })],
    sync: dismissed,
    says: [],
  },
  {
    ...adasAccount,
    name: 'a reason that cannot be read is an error, as long as the last day is still to come',
    people: [person('ada', { lastDay: '2026-12-31', phone: '!broken' })],
    sync: withThen({ immediatelyWhen: reads('phone') }),
    says: ['ada is failed! (left.immediatelyWhen: source.phone cannot be read)'],
  },
  {
    ...adasAccount,
    name: 'and keeps nobody in after it',
    people: [person('ada', { status: 'inactive', lastDay: '2026-11-20', phone: '!broken' })],
    sync: withThen({ immediatelyWhen: reads('phone') }),
    changes: ['disable ada (left: last day was 2026-11-20)'],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
];

tell(dismissing);

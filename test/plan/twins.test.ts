import { account, link, person } from './people.ts';
import { ada, adas, adasLink, leaver, tell } from './cases.ts';
import { mapped, reads } from './specs.ts';

const twinOfAda =
  "nobody's, and it carries the identity of person ada, whose account is acc-ada: a create that arrived late, or a copy; deactivate or delete it in the target";

tell([
  {
    name: 'and so it is while its person is not in the source',
    accounts: [adas, account('x', { hris_id: 'ada' })],
    links: [adasLink],
    says: [`acc-x is orphan! (${twinOfAda})`, 'ada is vanished! (vanished: absent from the source)'],
  },
  {
    name: "what is another sync's, protected or outside the scope is nobody's double",
    people: [ada],
    accounts: [
      adas,
      account('x', { hris_id: 'ada' }),
      account('y', { hris_id: 'ada' }, { protected: true }),
      account('z', { hris_id: 'ada' }, { outside: true }),
    ],
    links: [adasLink],
    owners: { 'acc-x': { sync: 'interns', personId: 'ada' } },
    says: ['acc-y is protected (the account is protected)'],
  },
  {
    name: 'an account of nobody with the identity of somebody who has another one asks for attention, while it can be used',
    people: [ada],
    accounts: [adas, account('x', { hris_id: 'ada' }), account('y', { hris_id: 'ada' }, { active: false })],
    links: [adasLink],
    says: [`acc-x is orphan! (${twinOfAda})`, 'acc-y is orphan (nobody of the source has this account)'],
  },
  {
    name: 'so does one with the identity of somebody who has left, whose own account is deactivated',
    people: [leaver],
    accounts: [account('ada', {}, { active: false }), account('x', { hris_id: 'ada' })],
    links: [link('ada', { state: 'tombstone', ended: 'left' })],
    says: [`acc-x is orphan! (${twinOfAda})`, 'ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'a part of the identity is none, and nor is an empty one',
    people: [person('ada', { login: 'ada' })],
    accounts: [
      account('ada', { login: 'ada' }),
      account('x', { hris_id: 'x', login: 'ada' }),
      account('y', { hris_id: undefined, login: 'ada' }),
    ],
    links: [adasLink],
    sync: { identity: [mapped('hris_id', reads('id')), mapped('login', reads('login'), { onNull: 'keep' })] },
    says: [
      'acc-x is orphan (nobody of the source has this account)',
      'acc-y is orphan (nobody of the source has this account)',
    ],
  },
]);

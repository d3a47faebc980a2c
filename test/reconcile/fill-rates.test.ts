import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceColumns } from '../plan/columns.ts';
import { account, person } from '../plan/people.ts';
import { emailAttribute, mapped, reads } from '../plan/specs.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

test('a busy sync that reads other attributes makes nobody forget how full they were', async () => {
  const ids = ['ada', 'ben', 'cleo', 'dora', 'eve'];
  const phones = { attributes: [emailAttribute, mapped('phone', reads('phone'), { onNull: 'clear' })] };
  rig.people = ids.map((id) => person(id, { phone: '110' }));
  rig.hold(...ids.map((id) => account(id, { phone: '110' })));
  await rig.pass(phones);
  const others = { attributes: sourceColumns.filter((name) => name !== 'phone') };
  for (let time = 0; time < 12; time += 1) await rig.pass({ name: 'busy', to: 'wiki', sourceWant: others });

  rig.people = ids.map((id) => person(id, id === 'ada' ? { phone: '110' } : {}));
  const outcome = await rig.pass({ ...phones, limits: { clear: { floor: 100 } } });

  expect(outcome.held.map(({ reason }) => reason)).toEqual(Array(4).fill('FillRateCollapsed'));
});

test.each([
  {
    name: 'in the words of the connector, where it has any',
    whyEmpty: (attribute: string) => `the export leaves ${attribute} empty`,
    says: 'the export leaves phone empty (to see: rosterd connection test hr)',
  },
  {
    name: 'as a right that was lost, where it has none',
    whyEmpty: () => undefined,
    says: 'the credentials may have lost the right to read it (to see: rosterd connection test hr)',
  },
])('what is likely missing is named $name, from the first reading on', async ({ whyEmpty, says }) => {
  const ids = ['ada', 'ben', 'cleo', 'dora'];
  const phones = { attributes: [emailAttribute, mapped('phone', reads('phone'), { onNull: 'clear' })] };
  rig.sourceReader = { whyEmpty };
  rig.people = ids.map((id) => person(id));

  const first = await rig.pass(phones);
  expect(first.summary.watch).toEqual([`nobody in hr has "phone": ${says}`]);
  expect(rig.log).toHaveLength(4);

  rig.people = ids.map((id) => person(id, { phone: '110' }));
  expect((await rig.pass(phones)).summary.watch).toBeUndefined();
  rig.people = [person('eve'), ...ids.map((id) => person(id, id === 'ada' ? { phone: '110' } : {}))];
  const later = await rig.pass({ ...phones, limits: { clear: { floor: 100 } } });
  const message = `"phone" of hr fell from 100 % to 20 % of the records: ${says}`;
  expect(later.held.map(({ change }) => change.id)).toEqual([
    'create/eve',
    'update/ben',
    'update/cleo',
    'update/dora',
  ]);
  expect(new Set(later.held.map((one) => one.message))).toEqual(new Set([message]));
  expect(later.summary.watch).toEqual([message]);
});

test('an approval of something else does not make normal what nobody has ever had', async () => {
  const names = { attributes: [emailAttribute, mapped('first_name', reads('first_name'))] };
  const phone = mapped('phone', reads('phone'), { onNull: 'clear' });
  rig.people = [person('ada'), person('ben')];
  rig.hold(account('ada', { first_name: 'Old' }), account('ben', { phone: '110' }));
  const held = await rig.pass({ ...names, limits: { adopt: { atMost: 0 } } });
  const [ada] = held.held.filter(({ change }) => change.personId === 'ada');
  expect(ada?.reason).toBe('LimitReached');
  rig.approve(held.summary.heldDigest ?? '');
  const both = { attributes: [...names.attributes, phone] };

  const second = await rig.pass(both);
  expect(rig.log).toEqual(['update ada']);
  expect(second.held.map(({ attribute, reason }) => [attribute, reason])).toEqual([
    ['phone', 'FillRateCollapsed'],
  ]);
  const third = await rig.pass(both);

  expect(third.held.map(({ attribute, reason }) => [attribute, reason])).toEqual([
    ['phone', 'FillRateCollapsed'],
  ]);
  expect(rig.accounts.get('acc-ben')?.values).toContain('110');
});

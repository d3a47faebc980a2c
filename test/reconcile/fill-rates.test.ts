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

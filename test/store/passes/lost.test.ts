import { expect, test } from 'vitest';
import { Office } from '../../reconcile/office.ts';

test('a store that was deleted costs nobody anything, wherever they stood', async () => {
  const office = await Office.open({ vanished: 'disable' }, 'file');
  office.hr({ here: {}, left: {}, off: {}, gone: {}, back: {} });
  await office.pass();
  // One leaves and keeps a tombstone, one is switched off by hand, one vanishes, one has left and is here again.
  office.hr({ left: { status: 'inactive' }, back: { status: 'inactive' } });
  await office.pass();
  office.hr({ back: { status: 'active' } });
  switchOff(office, 'off');
  expect(office.world.sources.get('hr-staff')?.people.delete('gone')).toBe(true);
  await office.pass();
  office.stranger({ email: 'guest@example.test', login: 'guest@example.test' });
  const accounts = [...office.world.target.accounts.keys()];
  office.wrote();

  await office.world.loseStore();
  office.hr({ joiner: {} });
  for (let times = 0; times < 3; times += 1) await office.ends();
  await office.world.time.passes(30 * 86_400_000);
  await office.ends();

  expect(office.wrote().filter((order) => /create|delete|disable/.test(order))).toEqual([]);
  expect([...office.world.target.accounts.keys()]).toEqual(accounts);
  expect(office.accountOf('left')?.active).toBe(false);
  expect(office.accountOf('gone')?.active).toBe(true);
  const links = await office.world.store.links('staff');
  expect(links.map(({ personId }) => personId)).not.toContain('gone');
  expect(await office.outcomes()).toContain('create joiner held');
});

function switchOff(office: Office, person: string): void {
  const account = office.accountOf(person);
  if (account === undefined) throw new Error(`${person} has no account`);
  office.world.target.accounts.set(account.id, { ...account, active: false });
}

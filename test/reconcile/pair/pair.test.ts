import { describe, expect, test } from 'vitest';
import type { Building } from './building.ts';
import { createOnly, disjoint, endingBothWays, lastEdit, lists, openPair, reporting } from './specs.ts';
import type { Directions } from './specs.ts';

/** Ada in HR, linked on both sides. */
async function withAda(directions: Directions): Promise<Building> {
  const building = await openPair(directions);
  await building.pass('staff');
  await building.pass('back');
  building.system('hr').add({ email: 'Ada@example.com', first_name: 'Ada', phone: '+49 1' });
  await settle(building);
  return building;
}

async function settle(building: Building): Promise<void> {
  for (const name of ['staff', 'back', 'staff', 'back']) await building.pass(name);
  building.wrote();
}

async function reasonFor(building: Building, name: string, personId: string): Promise<string> {
  const { lookAtBoth } = await import('../../../src/reconcile/look.ts');
  const { plan } = await lookAtBoth(building.deps(name), new AbortController().signal);
  const found = plan.verdicts.find((one) => one.personId === personId);
  return `${found?.situation ?? 'linked'}${found?.attention === true ? '!' : ''} ${found?.reason ?? ''}`.trim();
}

describe('a pair shares its links', () => {
  test('whoever HR brought to the platform is not brought back as somebody new', async () => {
    const building = await openPair(createOnly);
    building.system('hr').add({ email: 'ada@example.com', first_name: 'Ada', phone: '+49 1' });
    await building.pass('staff');
    building.system('lms').by('ada@example.com').values.delete('hr_id');
    building.system('lms').by('ada@example.com').values.set('email', 'ada.lovelace@example.com');

    await building.pass('back');

    expect(building.system('hr').entries.size).toBe(1);
  });

  test('the first pass of the second direction asks for nothing where HR holds only people who are linked', async () => {
    const building = await openPair(createOnly);
    building.system('hr').add({ email: 'ada@example.com', first_name: 'Ada', phone: '+49 1' });
    await building.pass('staff');
    building.system('lms').add({ email: 'bea@example.com', first_name: 'Bea' });

    const outcome = await building.pass('back');

    expect(outcome.held).toEqual([]);
    expect(building.wrote()).toContain('create hr-2 email first_name lms_id');
  });

  test('it holds its creates where HR holds somebody whom neither direction has linked', async () => {
    const building = await openPair(createOnly);
    building.system('lms').add({ email: 'bea@example.com', first_name: 'Bea' });
    building.system('hr').add({ email: 'zoe@example.com', first_name: 'Zoe' });

    const outcome = await building.pass('back');

    expect(outcome.held.map(({ reason }) => reason)).toEqual(['FirstPass']);
    expect(building.wrote()).toEqual([]);
  });

  test('after the store was lost nobody is made twice', async () => {
    const building = await withAda(createOnly);
    building.system('lms').add({ email: 'bea@example.com', first_name: 'Bea', phone: '+49 2' });
    await settle(building);
    building.loseStore();

    await building.pass('back');
    await building.pass('staff');
    await building.pass('back');

    expect(building.wrote().filter((order) => order.startsWith('create'))).toEqual([]);
  });

  test('a row of ours is written only when there is something to remember', async () => {
    const building = await withAda(createOnly);
    expect(await building.store.links('back')).toEqual([]);
    expect((await building.store.links('staff')).length).toBe(1);
  });

  test('nobody is created while it is not known what became of a create by the other direction', async () => {
    const building = await withAda(createOnly);
    building.system('lms').add({ email: 'bea@example.com', first_name: 'Bea' });
    const open = { kind: 'create', personId: 'hr-9' };
    const openIntents = async () => [{ sync: 'staff', intent: open }] as never;
    building.store = { ...building.store, openIntents };

    expect(await reasonFor(building, 'back', 'lms-2')).toBe(
      'unmatched what became of a create by sync "staff" is not known yet: nobody is created until it is',
    );
  });
});

describe('what one has written does not come back through the other', () => {
  test('an edit in HR is not undone by the platform, which does not know it yet', async () => {
    const building = await withAda(lastEdit);
    building.system('hr').by('Ada@example.com').values.set('first_name', 'Adele');

    await building.pass('back');
    expect(building.wrote()).toEqual([]);
    await building.pass('staff');
    expect(building.wrote()).toEqual(['update lms-1 first_name']);
  });

  test('an edit on the platform reaches HR, and HR does not send it back', async () => {
    const building = await withAda(lastEdit);
    building.system('lms').get('lms-1').values.set('first_name', 'Ada B.');

    await building.pass('back');
    expect(building.wrote()).toEqual(['update hr-1 first_name']);
    await building.pass('staff');
    expect(building.wrote()).toEqual([]);
  });

  test('edited twice on the platform, the older of both edits does not come back from HR', async () => {
    const building = await withAda(lastEdit);
    const user = building.system('lms').get('lms-1');
    user.values.set('first_name', 'Ada B.');
    await building.pass('back');
    user.values.set('first_name', 'Ada C.');

    await building.pass('staff');
    await building.pass('back');

    expect(user.values.get('first_name')).toBe('Ada C.');
    expect(building.system('hr').get('hr-1').values.get('first_name')).toBe('Ada C.');
  });

  test('edited in HR to what the platform once said, the edit counts', async () => {
    const building = await withAda(lastEdit);
    const [person, user] = [building.system('hr').get('hr-1'), building.system('lms').get('lms-1')];
    user.values.set('first_name', 'Ada B.');
    await building.pass('back');
    for (const name of ['Ada C.', 'Ada B.']) {
      person.values.set('first_name', name);
      await building.pass('staff');
      expect(user.values.get('first_name')).toBe(name);
    }
  });

  test('an e-mail that the platform hands back in another form is no edit', async () => {
    const building = await withAda(lastEdit);
    await building.pass('back');
    expect(building.system('hr').get('hr-1').values.get('email')).toBe('Ada@example.com');
    expect(building.wrote()).toEqual([]);
  });

  test('each side has attributes of its own, and they flow at the same time', async () => {
    const building = await withAda(disjoint);
    building.system('hr').get('hr-1').values.set('first_name', 'Adele');
    building.system('lms').get('lms-1').values.set('phone', '+49 7');

    await building.pass('staff');
    await building.pass('back');

    expect(building.wrote()).toEqual(['update hr-1 phone', 'update lms-1 first_name']);
  });

  test('drift is still corrected where the other direction only creates', async () => {
    const building = await withAda(createOnly);
    building.system('lms').get('lms-1').values.set('first_name', 'Wrong');

    await building.pass('back');
    await building.pass('staff');

    expect(building.wrote()).toEqual(['update lms-1 first_name']);
  });
});

const edit = (building: Building, system: string, first_name: string) =>
  building.system(system).get(`${system}-1`).values.set('first_name', first_name);

/** Bea, whom HR has from the platform and who was looked at since; nothing of her was written back. */
async function withBea(directions: Directions, edited?: string): Promise<Building> {
  const building = await openPair(directions);
  building
    .system('lms')
    .add({ email: 'Bea@example.com', first_name: 'Bea', phone: '+49 2', groups: ['b', 'a'] });
  await building.pass('back');
  expect(building.system('hr').entries.size).toBe(1);
  building.wrote();
  if (edited !== undefined) building.system('lms').get('lms-1').values.set('first_name', edited);
  for (const name of ['staff', 'back', 'staff', 'back']) await building.pass(name);
  expect(building.wrote().filter((order) => !order.endsWith(' hr_id'))).toEqual([]);
  return building;
}

describe('somebody whom the platform has brought to HR', () => {
  test('is put right by HR when she is edited there later', async () => {
    const building = await withBea(createOnly);
    edit(building, 'lms', 'Wrong');
    await building.pass('back');
    await building.pass('staff');
    expect(building.wrote()).toEqual(['update lms-1 first_name']);
    expect(building.system('lms').get('lms-1').values.get('first_name')).toBe('Bea');
    await building.pass('staff');
    expect(building.wrote()).toEqual([]);
  });

  test('stays as she was when HR first looked at her, and is put right from then on', async () => {
    const building = await withBea(createOnly, 'Beatrix');
    edit(building, 'lms', 'Wrong');
    await building.pass('staff');
    expect(building.wrote()).toEqual(['update lms-1 first_name']);
    expect(building.system('lms').get('lms-1').values.get('first_name')).toBe('Bea');
    edit(building, 'lms', 'Beatrix');
    await building.pass('staff');
    expect(building.wrote()).toEqual(['update lms-1 first_name']);
  });

  test('is not given back a name that was undone on the platform before', async () => {
    const building = await withBea(createOnly, 'Beatrix');
    for (const name of ['Bea', 'Beatrix']) {
      edit(building, 'lms', name);
      await building.pass('staff');
    }
    expect(building.wrote()).toEqual(['update lms-1 first_name']);
  });

  test('has what HR says of her later, also where that is again what the platform once said', async () => {
    const building = await withBea(createOnly, 'Beatrix');
    for (const name of ['Cleo', 'Bea']) {
      edit(building, 'hr', name);
      await building.pass('staff');
      expect(building.wrote()).toEqual(['update lms-1 first_name']);
      expect(building.system('lms').get('lms-1').values.get('first_name')).toBe(name);
    }
  });

  test('is reported and left alone where HR follows only its own edits', async () => {
    const building = await withBea(reporting);
    const { lookAtBoth } = await import('../../../src/reconcile/look.ts');
    const drift = async () => {
      const { plan } = await lookAtBoth(building.deps('staff'), new AbortController().signal);
      return plan.drift.map(({ attribute, reason }) => `${attribute} ${reason}`);
    };
    expect(await drift()).toEqual([]);
    edit(building, 'lms', 'Wrong');
    expect(await drift()).toEqual(['first_name LeftAlone']);
    await building.pass('staff');
    expect(building.wrote()).toEqual([]);
  });

  test('is followed in both where both sides carry edits: the older of two does not come back', async () => {
    const building = await withBea(lists);
    const user = building.system('lms').get('lms-1');
    user.values.set('groups', ['c', 'b']);
    await building.pass('back');
    expect(building.wrote()).toEqual(['update hr-1 groups']);
    building.system('hr').get('hr-1').values.set('groups', ['b', 'c']);
    user.values.set('groups', ['d']);

    await building.pass('staff');
    expect(building.wrote()).toEqual([]);
    await building.pass('back');
    expect(building.wrote()).toEqual(['update hr-1 groups']);
    expect(building.system('hr').get('hr-1').values.get('groups')).toEqual(['d']);
  });
});

describe('who is here is said by the direction that leads', () => {
  test('somebody who was terminated in HR is not hired again by the platform, whichever pass comes first', async () => {
    const building = await withAda(lastEdit);
    building.system('hr').get('hr-1').active = false;

    expect(await reasonFor(building, 'back', 'lms-1')).toBe(
      'linked deactivated in the target: sync "staff" says who is here',
    );
    await building.pass('back');
    await building.pass('staff');
    await building.pass('back');

    expect(building.wrote()).toEqual(['disable lms-1']);
  });

  test('that HR has ended somebody is no news which the platform could tell HR', async () => {
    const building = await withAda(endingBothWays);
    building.system('hr').get('hr-1').active = false;
    await building.pass('staff');
    building.system('hr').get('hr-1').active = true;
    building.wrote();

    expect(await reasonFor(building, 'back', 'lms-1')).toBe(
      'left disabled by sync "staff", which is no news here',
    );
    await building.pass('back');
    expect(building.system('hr').get('hr-1').active).toBe(true);
  });

  test('where people may leave on the platform, HR does not bring them back before it has been asked', async () => {
    const building = await withAda(endingBothWays);
    building.system('lms').get('lms-1').active = false;

    await building.pass('staff');
    expect(building.wrote()).toEqual([]);
    await building.pass('back');
    await building.pass('staff');
    expect(building.wrote()).toEqual(['disable hr-1']);
  });

  test('where they may not, whoever is deactivated on the platform is enabled again', async () => {
    const building = await withAda(lastEdit);
    building.system('lms').get('lms-1').active = false;
    await building.pass('staff');
    expect(building.wrote()).toEqual(['enable lms-1']);
  });

  test('an old user who has left is not linked to an employee only to end their employment', async () => {
    const building = await withAda(endingBothWays);
    building.system('lms').add({ email: 'eve@example.com', first_name: 'Eve' }, false);
    building.system('hr').add({ email: 'eve@example.com', first_name: 'Eve' });

    expect(await reasonFor(building, 'back', 'lms-2')).toBe(
      'left sync "staff" says who is here: nobody is linked only to be disabled',
    );
  });
});

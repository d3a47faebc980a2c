import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Welcome } from '../../src/spec/compiled.ts';
import { noon } from '../plan/columns.ts';
import { account, person, stranger } from '../plan/people.ts';
import { Rig } from './rig.ts';

const today = new Date(noon).toISOString().slice(0, 10);

const welcome: Welcome = {
  since: today,
  to: 'email',
  subject: ['Welcome, ', { attribute: 'first_name' }],
  text: ['Hello ', { attribute: 'first_name' }, ',\nyou sign in as ', { attribute: 'email' }, '.\n'],
};

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

async function letters() {
  return (await rig.store.waitingMail(rig.now())).map(({ to, subject, text }) => ({ to, subject, text }));
}

/** Ada is there since the first load. */
async function afterFirstLoad(): Promise<void> {
  rig.people = [person('ada')];
  await rig.pass({ welcome });
}

describe('a welcome mail', () => {
  test('goes to nobody whom the first load creates', async () => {
    await afterFirstLoad();
    expect([rig.accounts.size, await letters()]).toEqual([1, []]);
  });

  test('goes once to somebody who is created later, with what the account was created with', async () => {
    await afterFirstLoad();
    rig.people = [person('ada'), person('ben')];
    await rig.pass({ welcome });
    await rig.pass({ welcome });
    expect(await letters()).toEqual([
      {
        to: ['ben@example.com'],
        subject: 'Welcome, BEN',
        text: 'Hello BEN,\nyou sign in as ben@example.com.\n',
      },
    ]);
  });

  test('goes to nobody whose account was there and is adopted', async () => {
    await afterFirstLoad();
    rig.hold(account('ben', { hris_id: undefined }));
    rig.people = [person('ada'), person('ben')];
    const { summary } = await rig.pass({ welcome });
    expect([summary.people.unlinked, await letters()]).toEqual([1, []]);
  });

  test('goes to nobody before its day', async () => {
    await afterFirstLoad();
    rig.people = [person('ada'), person('ben')];
    await rig.pass({ welcome: { ...welcome, since: '2999-01-01' } });
    expect([rig.accounts.size, await letters()]).toEqual([2, []]);
  });

  test('goes to nobody whose create is refused, and once when it succeeds', async () => {
    await afterFirstLoad();
    rig.people = [person('ada'), person('ben')];
    rig.fate = () => 'rejected';
    await rig.pass({ welcome });
    expect(await letters()).toEqual([]);
    rig.fate = () => 'applied';
    await rig.pass({ welcome });
    expect(await letters()).toHaveLength(1);
  });

  test('goes once where the answer to the create was lost, when looking shows that it was done', async () => {
    await afterFirstLoad();
    rig.people = [person('ada'), person('ben')];
    rig.fate = () => 'lost';
    await rig.pass({ welcome });
    expect(await letters()).toEqual([]);
    rig.fate = () => 'applied';
    await rig.pass({ welcome });
    await rig.pass({ welcome });
    expect(await letters()).toHaveLength(1);
  });

  test('is kept with the outcome: a process that dies in between sends one all the same', async () => {
    await afterFirstLoad();
    rig.people = [person('ada'), person('ben')];
    rig.around = (store) =>
      new Proxy(store, {
        get: (target, name) =>
          name === 'settle'
            ? async () => await Promise.reject(new Error('killed'))
            : (Reflect.get(target, name) as unknown),
      });
    await rig.pass({ welcome });
    expect([rig.accounts.size, await letters()]).toEqual([2, []]);
    rig.around = (store) => store;
    await rig.restart();
    await rig.pass({ welcome });
    expect(await letters()).toHaveLength(1);
  });

  test('counts in the limit for mail: who would go over it waits with their account', async () => {
    await afterFirstLoad();
    rig.people = ['ada', 'ben', 'cas', 'dan'].map((name) => person(name));
    const { summary, held } = await rig.pass({ welcome, limits: { mail: { atMost: 2 } } });
    expect(summary).toMatchObject({ result: 'held', held: 3 });
    expect(held.map(({ class: of }) => of)).toEqual(['mail', 'mail', 'mail']);
    expect([rig.accounts.size, await letters()]).toEqual([1, []]);
  });

  test('holds no line break of a name in its subject', async () => {
    await afterFirstLoad();
    rig.people = [person('ada'), person('ben', { first_name: 'Ben\r\nBcc: all@example.com' })];
    await rig.pass({ welcome });
    expect((await letters()).map(({ subject }) => subject)).toEqual(['Welcome, Ben Bcc: all@example.com']);
  });

  test('is not promised where there is no mail server: the run says so', async () => {
    await afterFirstLoad();
    rig.people = [person('ada'), person('ben')];
    const { summary } = await rig.pass({ welcome }, { mailServer: false });
    expect(summary.watch).toEqual([
      'nobody gets a welcome mail: the operator has configured no mail server (`smtp`)',
    ]);
    expect(await letters()).toEqual([]);
  });

  test('goes to nobody in a first load into a target that is not empty, also when its creates are approved', async () => {
    rig.hold(stranger('zoe'));
    rig.people = [person('ada')];
    const { held, summary } = await rig.pass({ welcome });
    expect(held.map(({ reason }) => reason)).toEqual(['FirstPass']);
    rig.approve(summary.heldDigest ?? '');
    await rig.pass({ welcome });
    expect([rig.log, await letters()]).toEqual([['create ada'], []]);
  });

  test.each([
    { name: 'every change waits for an approval', fields: { approval: 'always' } as const },
    { name: 'so many creates were over a limit', fields: { limits: { create: { atMost: 1 } } } },
  ])('goes to nobody in a first load that had to be approved, as $name', async ({ fields }) => {
    rig.people = [person('ada'), person('ben')];
    const { held, summary } = await rig.pass({ welcome, ...fields });
    expect(held).toHaveLength(2);
    rig.approve(summary.heldDigest ?? '');
    await rig.pass({ welcome, ...fields });
    expect([rig.log, await letters()]).toEqual([['create ada', 'create ben'], []]);

    rig.people = [...rig.people, person('cas')];
    await rig.pass({ welcome });
    expect(await letters()).toHaveLength(1);
  });
});

import { expect, test } from 'vitest';
import { run as plan } from '../../src/cli/commands/plan.ts';
import { Waiting } from '../../src/model/error.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { png, repacked } from '../vendors/images.ts';
import { openOffice, type Office } from './office.ts';

const nothingToDo = { syncs: ['staff'], ci: false };

test('a new picture is sent once, an unchanged one never again, and the second plan is empty', async () => {
  const office = await openOffice();
  const [ada, bo] = office.people;
  office.give(ada, (width) => png(1, width));
  expect(await office.pass('staff')).toBe('applied, create 3 applied, update 1 applied');
  expect(office.photoOf(ada)).toEqual(Buffer.from(png(1)));
  expect(office.photoOf(bo)).toBeUndefined();
  expect([office.uploads(), office.reads()]).toEqual([1, 4]);

  expect((await office.command(plan, nothingToDo)).at(-1)).toBe('  Nothing to do');
  expect(await office.pass('staff')).toBe('settled');
  expect([office.uploads(), office.reads()]).toEqual([0, 0]);

  office.give(ada, (width) => png(2, width));
  expect(await office.pass('staff')).toBe('applied, update 1 applied');
  expect(office.photoOf(ada)).toEqual(Buffer.from(png(2)));
  expect(await office.pass('staff')).toBe('settled');
  expect(office.uploads()).toBe(1);
});

test('the same picture packed anew is another content, and is sent once more', async () => {
  const office = await openOffice();
  const [ada] = office.people;
  office.give(ada, (width) => png(1, width));
  await office.pass('staff');
  office.give(ada, (width) => repacked(png(1, width)));
  expect(await office.pass('staff')).toBe('applied, update 1 applied');
  expect(office.photoOf(ada)).toEqual(Buffer.from(repacked(png(1))));
});

test('somebody whose picture is taken away in the source keeps the one that the target has', async () => {
  const office = await openOffice();
  const [ada] = office.people;
  office.give(ada, (width) => png(1, width));
  await office.pass('staff');
  office.give(ada, (width) => png(1, width));
  office.hr.pictures.clear();
  expect(await office.pass('staff')).toBe('settled');
  expect(office.photoOf(ada)).toBeDefined();
});

test.each<[string, (width: number) => Uint8Array, string]>([
  ['too large', () => Buffer.concat([png(1), Buffer.alloc(5 * 1024 * 1024)]), 'PictureUnusable'],
  ['no image', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'PictureUnusable'],
  ['not square', (width) => png(1, width, width + 50), 'PictureRefused'],
])(
  'a picture that is %s is that person’s error, and the others and the rest of the person go on',
  async (_, picture, reason) => {
    const office = await openOffice();
    const [ada, bo] = office.people;
    office.give(ada, picture);
    office.give(bo, (width) => png(2, width));
    const { people, summary } = await recorded(office);
    expect(summary.result).toBe('failed-people');
    const failed = people.filter(({ error }) => error !== null);
    expect(failed.map((one) => [one.personId, one.outcome, one.error?.reason])).toEqual([
      [String(ada.number), 'rejected', reason],
    ]);
    expect(failed[0]?.error?.message).toContain('replace it in the source');
    expect(office.photoOf(bo)).toBeDefined();
    expect(office.photoOf(ada)).toBeUndefined();
    expect(office.bamboo.company.employees.size).toBe(3);
    office.give(ada, (width) => png(3, width));
    expect(await office.pass('staff')).toBe('applied, update 1 applied');
  },
);

test('a picture that cannot be read at the moment of sending is sent by the next pass', async () => {
  const office = await openOffice();
  const [ada] = office.people;
  office.give(ada, (width) => png(1, width));
  const failing = (deps: PassDeps): PassDeps => {
    const { reader } = deps.target;
    return {
      ...deps,
      target: {
        ...deps.target,
        reader,
        openWriter() {
          office.hr.loopback.fail(({ path }) => path.includes('profile-picture'), {
            kind: 'answer',
            answer: { status: 404 },
          });
          return deps.target.openWriter();
        },
      },
    };
  };
  const { summary } = await office.outcome('staff', failing);
  expect(summary.changes).toMatchObject([
    { kind: 'create', outcome: 'applied', count: 3 },
    { kind: 'update', outcome: 'not-sent', count: 1 },
  ]);
  expect(office.uploads()).toBe(0);
  office.hr.loopback.heal();
  expect(await office.pass('staff')).toBe('applied, update 1 applied');
  expect(office.photoOf(ada)).toEqual(Buffer.from(png(1)));
});

test('an upload whose answer was lost is made again, and leaves one photo', async () => {
  const office = await openOffice();
  const [ada] = office.people;
  office.give(ada, (width) => png(1, width));
  office.bamboo.loopback.fail(({ path }) => path.endsWith('/photo'), { kind: 'lost' });
  expect(await office.pass('staff')).toBe('applied, create 3 applied, update 1 applied');
  expect(office.uploads()).toBe(2);
  expect(await office.pass('staff')).toBe('settled');
});

test('a crash after the upload and before it was written down leaves one photo and makes nobody twice', async () => {
  const office = await openOffice();
  const [ada] = office.people;
  office.give(ada, (width) => png(1, width));
  const { photos, employees } = office.bamboo.company;
  const dying = (deps: PassDeps): PassDeps => {
    const settle: PassDeps['store']['settle'] = (settlements, lease) =>
      photos.size > 0
        ? Promise.reject(new Waiting('StoreUnavailable', 'killed'))
        : deps.store.settle(settlements, lease);
    const store = new Proxy(deps.store, {
      get(whole, name) {
        if (name === 'settle') return settle;
        const member: unknown = Reflect.get(whole, name);
        return typeof member === 'function' ? (member.bind(whole) as unknown) : member;
      },
    });
    return { ...deps, store };
  };
  expect((await office.outcome('staff', dying)).summary.reason).toBe('StoreUnavailable');
  expect(await office.pass('staff')).toBe('applied, update 1 applied');
  expect([photos.size, employees.size, office.uploads()]).toEqual([1, 3, 2]);
  expect(await office.pass('staff')).toBe('settled');
});

test('an adopted account gets its person’s picture, as part of being adopted', async () => {
  const office = await openOffice();
  const [ada, bo, cy] = office.people;
  for (const { number, firstName, lastName } of [ada, bo, cy])
    office.bamboo.company.hire({ employeeNumber: String(number), firstName, lastName });
  office.give(ada, (width) => png(1, width));
  expect(await office.pass('staff')).toBe('applied, adopt 3 applied, update 1 applied');
  expect(office.photoOf(ada)).toEqual(Buffer.from(png(1)));
  expect(await office.pass('staff')).toBe('settled');
});

test('the content of a picture is nowhere but on its way: the store holds a digest', async () => {
  const office = await openOffice();
  const [ada] = office.people;
  office.give(ada, (width) => png(1, width));
  const { people } = await recorded(office);
  const kept = people.find(({ sent }) => sent !== null && 'photo' in sent);
  expect(kept?.sent).toEqual({ photo: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string });
  expect(kept?.personId).toBe(String(ada.number));
});

async function recorded(office: Office) {
  let store: PassDeps['store'] | undefined;
  const { summary, run } = await office.outcome('staff', (deps) => ({
    ...deps,
    store: (store = deps.store),
  }));
  return { summary, people: (await store?.people(run.id)) ?? [] };
}

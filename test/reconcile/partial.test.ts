import { describe, expect, onTestFinished, test } from 'vitest';
import type { Row } from '../../src/model/row.ts';
import { account, person, stranger } from '../plan/people.ts';
import { day } from '../plan/columns.ts';
import { emailAttribute, mapped, reads, withThen } from '../plan/specs.ts';
import { Rig } from './rig.ts';

const left = { status: 'inactive', lastDay: '2026-11-20' };
const only = (...ids: readonly string[]) => ({ only: new Set(ids), trigger: 'webhook' as const });

/** Ada, Bob and Eve, all of them linked by a first full pass. */
async function staff(...more: readonly Row[]): Promise<Rig> {
  const rig = await Rig.open();
  onTestFinished(() => rig.close());
  rig.people = [person('ada'), person('bob'), person('eve')];
  rig.hold(account('ada'), account('bob'), account('eve'), ...more);
  await rig.pass();
  rig.log.length = 0;
  return rig;
}

describe('a partial pass', () => {
  test('disables who has left, and leaves alone whoever else has', async () => {
    const rig = await staff();
    rig.people = [person('ada', left), person('bob', left), person('eve')];
    const { summary } = await rig.pass({}, only('ada'));
    expect(rig.log).toEqual(['disable ada']);
    expect(summary.partial).toEqual({ people: 1, notFound: 0 });
  });

  test('brings a mover in line', async () => {
    const rig = await staff();
    rig.people = [person('ada', { first_name: 'Augusta' }), person('bob', { first_name: 'Robert' })];
    await rig.pass({}, only('ada'));
    expect(rig.log).toEqual(['update ada']);
  });

  test('creates a joiner whom every key was looked up for, and another pass does not create them again', async () => {
    const rig = await staff();
    rig.people = [...rig.people, person('gus')];
    await rig.pass({}, only('gus'));
    await rig.pass({}, only('gus'));
    await rig.pass();
    expect(rig.log).toEqual(['create gus']);
  });

  test('looks at everybody for a joiner with an account already: another may match it too', async () => {
    const rig = await staff(stranger('gus'));
    rig.people = [...rig.people, person('gus'), person('gil', { email: 'gus@example.com' })];
    const { summary } = await rig.pass({}, only('gus'));
    expect(rig.log).toEqual([]);
    expect(summary.people.collision).toBe(2);
    expect(summary.partial).toBeUndefined();
  });

  test('says nothing of who is not found: absence is for a look at everybody', async () => {
    const rig = await staff();
    rig.people = [person('ada')];
    const { summary } = await rig.pass({}, only('bob'));
    expect(summary.partial).toEqual({ people: 1, notFound: 1 });
    expect(rig.log).toEqual([]);
    expect((await rig.store.links('staff')).map(({ absentReads }) => absentReads)).toEqual([0, 0, 0]);
  });

  test('does not end an absence, nor begin one of an account', async () => {
    const rig = await staff();
    const everybody = rig.people;
    rig.people = [person('ada')];
    await rig.pass();
    rig.people = everybody;
    rig.accounts.delete('acc-eve');
    await rig.pass({}, only('bob', 'eve'));
    const links = new Map((await rig.store.links('staff')).map((link) => [link.personId, link]));
    expect(links.get('bob')?.absentReads).toBe(1);
    expect(links.get('eve')).toMatchObject({ absentReads: 1, missingReads: 0 });
  });

  test('is a full one as long as the first full pass has not ended well', async () => {
    const rig = await Rig.open();
    onTestFinished(() => rig.close());
    rig.people = [person('ada'), person('bob')];
    const { summary } = await rig.pass({}, only('ada'));
    expect(rig.log.toSorted()).toEqual(['create ada', 'create bob']);
    expect(summary.partial).toBeUndefined();
    expect((await rig.store.syncState('staff')).firstPassDone).toBe(true);
  });

  test('changes nothing of how the sync stands', async () => {
    const rig = await staff();
    rig.people = rig.people.map((row) => person(row.id, left));
    const limits = { leave: { fraction: 0, floor: 1 } };
    await rig.pass({ limits });
    const before = { state: await rig.store.syncState('staff'), held: await rig.store.held('staff') };
    expect(before.held?.set.items).toHaveLength(3);
    await rig.pass({ limits }, only('ada'));
    expect({ state: await rig.store.syncState('staff'), held: await rig.store.held('staff') }).toEqual(
      before,
    );
  });

  test('keeps held who is held, although there is room for them alone', async () => {
    const rig = await staff();
    rig.people = rig.people.map((row) => person(row.id, left));
    const limits = { leave: { fraction: 0, floor: 1 } };
    await rig.pass({ limits });
    const { summary } = await rig.pass({ limits }, only('ada'));
    expect(rig.log).toEqual([]);
    expect(summary).toMatchObject({ result: 'held', held: 1, partial: { people: 1 } });
  });

  test('releases of an approved hold what its people have of it, and leaves the others approved', async () => {
    const rig = await staff();
    rig.people = rig.people.map((row) => person(row.id, left));
    const limits = { leave: { fraction: 0, floor: 1 } };
    const { summary } = await rig.pass({ limits });
    rig.approve(summary.heldDigest ?? '');
    await rig.pass({ limits }, only('bob'));
    expect(rig.log).toEqual(['disable bob']);
    await rig.pass({ limits });
    expect(rig.log).toEqual(['disable bob', 'disable ada', 'disable eve']);
  });

  test('counts against the windows: the second leaver of a day over the limit is held, by a look at everybody', async () => {
    const rig = await staff();
    const limits = { leave: { fraction: 0, floor: 1 } };
    rig.people = [person('ada', left), person('bob'), person('eve')];
    await rig.pass({ limits }, only('ada'));
    rig.people = [person('ada', left), person('bob', left), person('eve')];
    const { summary } = await rig.pass({ limits }, only('bob'));
    expect(rig.log).toEqual(['disable ada']);
    expect(summary).toMatchObject({ result: 'held', held: 1 });
    expect(summary.partial).toBeUndefined();
    expect((await rig.store.held('staff'))?.set.items).toHaveLength(1);
  });

  test('looks at everybody before a value is taken away that all may have lost', async () => {
    const rig = await staff();
    await rig.pass();
    rig.people = ['ada', 'bob', 'eve'].map((id) => person(id, { first_name: undefined }));
    const attributes = [emailAttribute, mapped('first_name', reads('first_name'), { onNull: 'clear' })];
    const { summary } = await rig.pass({ attributes }, only('ada'));
    expect(rig.log).toEqual([]);
    expect(summary).toMatchObject({ result: 'held', reason: 'FillRateCollapsed' });
  });

  test('looks at everybody before it takes accounts away of which a minimum must remain', async () => {
    const rig = await staff();
    rig.people = [person('ada', left), person('bob'), person('eve')];
    const { summary } = await rig.pass({ minimumActive: 3 }, only('ada'));
    expect(rig.log).toEqual([]);
    expect(summary).toMatchObject({ result: 'held', reason: 'Invariant' });
  });

  test('looks at everybody where the target finds nobody by the key, and where there are too many', async () => {
    const rig = await staff();
    rig.people = [...rig.people, person('gus')];
    rig.targetReader = { looksUp: (attribute) => attribute === 'id' };
    expect((await rig.pass({}, only('gus'))).summary.partial).toBeUndefined();
    const crowd = Array.from({ length: 101 }, (_, at) => `nobody-${at}`);
    expect((await rig.pass({}, only(...crowd))).summary.partial).toBeUndefined();
  });

  test('keeps in escrow those of whom it knows nothing', async () => {
    const rig = await staff();
    rig.fate = () => 'rejected';
    rig.people = [person('ada', { first_name: 'Augusta' }), person('bob'), person('eve')];
    await rig.pass();
    await rig.pass({}, only('bob'));
    expect((await rig.store.escrow('staff')).map(({ personId }) => personId)).toEqual(['ada']);
    await rig.pass({}, only('ada'));
    expect(rig.log).toEqual(['update ada']);
  });

  test('finds out what became of a create whose answer was lost, also of somebody else’s', async () => {
    const rig = await staff();
    rig.fate = () => 'lost';
    rig.people = [...rig.people, person('gus')];
    await rig.pass({}, only('gus'));
    rig.fate = () => 'applied';
    await rig.pass({}, only('bob'));
    await rig.pass({}, only('gus'));
    await rig.pass();
    expect(rig.log).toEqual(['create gus']);
    expect((await rig.store.links('staff')).map(({ personId }) => personId)).toContain('gus');
  });

  test('goes on waiting for a create that may arrive late when it is about others', async () => {
    const rig = await staff();
    rig.fate = () => 'dropped';
    rig.people = [...rig.people, person('gus')];
    await rig.pass();
    await rig.pass({}, only('bob'));
    expect(await rig.store.openIntents('lms')).toHaveLength(1);
  });
});

const leaves = (id: string, lastDay: string) => person(id, { lastDay });

describe('what dates will bring', () => {
  test('is kept by each pass over everybody, and by a partial one for its people alone', async () => {
    const rig = await staff();
    rig.people = [leaves('ada', '2026-11-24'), leaves('bob', '2026-11-25'), person('eve')];
    await rig.pass();
    const until = Date.UTC(2027, 0, 1);
    const dues = async () =>
      (await rig.store.due('staff', 0, until)).map(
        ({ personId, at, kind }) => `${kind} ${personId} ${new Date(at).toISOString().slice(0, 10)}`,
      );
    expect(await dues()).toEqual(['disable ada 2026-11-25', 'disable bob 2026-11-26']);
    rig.people = [leaves('ada', '2026-11-28'), person('bob'), person('eve')];
    await rig.pass({}, only('ada'));
    expect(await dues()).toEqual(['disable bob 2026-11-26', 'disable ada 2026-11-29']);
    await rig.pass();
    expect(await dues()).toEqual(['disable ada 2026-11-29']);
  });

  test('is done when it is due, and brings nobody else anything', async () => {
    const rig = await staff();
    rig.people = [person('ada', { lastDay: '2026-11-22' }), person('bob', left), person('eve')];
    rig.later(12 * 3_600_000);
    await rig.pass({}, { ...only('ada'), trigger: 'due' });
    expect(rig.log).toEqual(['disable ada']);
  });

  test('is for a look at everybody where the source does not have them: that is about their absence', async () => {
    const rig = await staff();
    rig.people = [person('ada')];
    const { summary } = await rig.pass({}, { ...only('bob'), trigger: 'due' });
    expect(summary.partial).toBeUndefined();
    expect(summary.people.vanished).toBe(2);
  });
});

describe('a pass in a closed window', () => {
  const window = { leaversOnly: true, trigger: 'schedule' as const };

  test('takes access away from who has left, and writes nothing else', async () => {
    const rig = await staff();
    rig.people = [person('ada', left), person('bob', { first_name: 'Robert' }), person('eve'), person('gus')];
    const { summary } = await rig.pass({}, window);
    expect(rig.log).toEqual(['disable ada']);
    expect(summary.leaversOnly).toBe(true);
    await rig.pass({}, { trigger: 'schedule' });
    expect(rig.log.toSorted()).toEqual(['create gus', 'disable ada', 'update bob']);
  });

  test('deletes nobody: the account is out of use, and what is deleted is gone', async () => {
    const rig = await staff();
    const sync = withThen({ deleteAfterMs: day });
    rig.people = [person('ada', left), person('bob'), person('eve')];
    await rig.pass(sync);
    rig.later(day);
    await rig.pass(sync, window);
    expect(rig.log).toEqual(['disable ada']);
    await rig.pass(sync, { trigger: 'schedule' });
    expect(rig.log).toEqual(['disable ada', 'delete ada']);
  });

  test('says that the rest waits, and is no pass by which the specs are applied', async () => {
    const rig = await staff();
    rig.people = [person('ada'), person('bob'), person('eve'), person('gus')];
    const before = await rig.store.syncState('staff');
    const { summary } = await rig.pass({}, { ...window, revision: 'revision-2' });
    expect(summary.message).toBe(
      '1 change planned, none written: the window is closed, and opens for people who have left only',
    );
    expect((await rig.store.syncState('staff')).appliedRevision).toBe(before.appliedRevision);
  });

  test('holds leavers over the limit as any pass does', async () => {
    const rig = await staff();
    rig.people = rig.people.map((row) => person(row.id, left));
    const { summary } = await rig.pass({ limits: { leave: { fraction: 0, floor: 1 } } }, window);
    expect(rig.log).toEqual([]);
    expect(summary.result).toBe('held');
  });
});

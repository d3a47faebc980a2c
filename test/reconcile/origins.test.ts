import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/model/run.ts';
import { account, person } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
  rig.people = [person('ada'), person('ben')];
});
afterEach(() => rig.close());

const ends = ({ summary: { result, reason } }: Outcome) => (reason === null ? result : `${result} ${reason}`);
const stops = 'stalled AccountChanged';

describe.each(['hr', 'lms'])('another remote account behind the connection %s', (name) => {
  test('stops every sync through it, without a word in the spec, until it is the old one again', async () => {
    rig.leadsTo.set(name, 'acme');
    expect(ends(await rig.pass())).toBe('applied');
    rig.people = [...rig.people, person('cleo')];
    rig.leadsTo.set(name, 'acme-test');
    await rig.restart();

    const stopped = await rig.pass();
    expect(ends(stopped)).toBe(stops);
    expect(stopped.summary.message).toBe(
      `connection ${name} has reached the remote account "acme" until now, and reaches "acme-test": correct its config or credentials. If it is the same system under another address, say \`account: "acme-test"\` in its spec; if it is another system, make that a connection with a name of its own`,
    );
    expect(ends(await rig.pass({ name: 'other' }))).toBe(stops);
    expect(rig.log).toEqual(['create ada', 'create ben']);

    rig.leadsTo.set(name, 'acme');
    expect(ends(await rig.pass())).toBe('applied');
  });

  test('is taken where the spec says so, and remembered when it says so no more', async () => {
    rig.leadsTo.set(name, 'acme');
    await rig.pass();
    rig.leadsTo.set(name, 'acme.example.com');
    rig.meant.set(name, 'acme.example.com');
    expect(ends(await rig.pass())).toBe('settled');
    rig.meant.delete(name);
    expect(ends(await rig.pass())).toBe('settled');
    rig.leadsTo.set(name, 'acme');
    expect(ends(await rig.pass())).toBe(stops);
  });

  test('is not the one that the spec says', async () => {
    rig.leadsTo.set(name, 'acme');
    rig.meant.set(name, 'umbrella');
    const stopped = await rig.pass();
    expect(ends(stopped)).toBe(stops);
    expect(stopped.summary.message).toContain(
      'reaches the remote account "acme", but its spec says "umbrella"',
    );
    expect(await rig.store.remoteAccount(name)).toBeUndefined();
  });

  test('is not learnt from a reading that was not whole', async () => {
    rig.leadsTo.set(name, 'wrong');
    rig.resolve = async () => ({ state: 'unknown' });
    const store = rig.store;
    rig.around = () => ({ ...store, links: () => Promise.reject(new Error('cut off')) });
    await rig.pass();
    rig.around = (one) => one;
    rig.leadsTo.set(name, 'acme');
    expect(ends(await rig.pass())).toBe('applied');
  });

  test('cannot hide by not telling: what was told before, or is in the spec, has to be told', async () => {
    expect(ends(await rig.pass())).toBe('applied');
    rig.leadsTo.set(name, 'acme');
    expect(ends(await rig.pass())).toBe('settled');
    rig.leadsTo.delete(name);
    const silent = await rig.pass();
    expect(ends(silent)).toBe('stalled AccountUntold');
    expect(silent.summary.message).toContain(
      `connection ${name} does not tell whether it reaches the remote account "acme", which it has reached until now`,
    );
    rig.meant.set(name, 'umbrella');
    expect((await rig.pass()).summary.message).toContain('"umbrella", which it has to reach by its spec');
    rig.leadsTo.set(name, 'umbrella');
    expect(ends(await rig.pass())).toBe('settled');
  });
});

test('another account is not asked what became of a write whose answer was lost', async () => {
  rig.leadsTo.set('lms', 'acme');
  rig.fate = () => 'dropped';
  await rig.pass();
  rig.leadsTo.set('lms', 'acme-test');
  let asked = 0;
  rig.resolve = async () => {
    asked += 1;
    return { state: 'not-done' };
  };
  expect(ends(await rig.pass())).toBe(stops);
  expect(asked).toBe(0);
});

describe('another HR system behind the name of a sync', () => {
  const elsewhere = { from: 'hr-new' };

  test('stops the sync, writes nothing, keeps every link, and says what to do', async () => {
    await rig.pass();
    rig.people = [person('ada', { status: 'inactive' })];
    await rig.restart();

    const stopped = await rig.pass(elsewhere);

    expect(ends(stopped)).toBe('stalled SourceChanged');
    expect(stopped.summary.message).toBe(
      'sync staff has linked people of connection "hr", and its spec reads "hr-new" now; ids of people mean other people in another system, so nothing is read or written and every link stays. If only the connection was renamed, give it its name "hr" back; if people come from another system now, make that a sync with a name of its own',
    );
    expect(rig.log).toEqual(['create ada', 'create ben']);
    expect((await rig.store.links('staff')).map(({ state, absentReads }) => [state, absentReads])).toEqual([
      ['active', 0],
      ['active', 0],
    ]);
    expect(ends(await rig.pass(elsewhere))).toBe('stalled SourceChanged');
  });

  test('goes on when the old name is back', async () => {
    await rig.pass();
    await rig.pass(elsewhere);
    expect(ends(await rig.pass())).toBe('settled');
  });

  test('does no harm as long as nobody is linked', async () => {
    await rig.pass({ mode: 'observe' });
    expect(ends(await rig.pass(elsewhere))).toBe('applied');
    expect(ends(await rig.pass())).toBe('stalled SourceChanged');
  });

  test('is seen after the first links even where the process died with them', async () => {
    const store = rig.store;
    rig.around = () => ({ ...store, recordPopulation: () => Promise.reject(new Error('killed')) });
    await rig.pass();
    rig.around = (one) => one;
    expect((await store.links('staff')).length).toBe(2);
    expect(ends(await rig.pass(elsewhere))).toBe('stalled SourceChanged');
  });

  test('is seen where a write of the old one may still end in a link', async () => {
    rig.fate = () => 'lost';
    await rig.pass();
    expect(await rig.store.links('staff')).toEqual([]);
    expect(ends(await rig.pass(elsewhere))).toBe('stalled SourceChanged');
    expect(await rig.store.links('staff')).toEqual([]);
  });

  test('is seen when the target changes with it', async () => {
    await rig.pass();
    rig.hold(account('zoe'));
    expect(ends(await rig.pass({ ...elsewhere, to: 'wiki' }))).toBe('stalled SourceChanged');
  });
});

import { describe, expect, test } from 'vitest';
import type { Lease } from '../../src/store/store.ts';
import { Office } from './office.ts';

/** A pass with a bit of everything: two joiners, a mover, a leaver, one to adopt and a manager who is new as well. */
async function openBusyOffice(): Promise<Office> {
  const office = await Office.open();
  office.hr({ leaver: {}, mover: {} });
  await office.pass();
  office.stranger({ email: 'known@example.test', login: 'known@example.test' });
  office.hr({
    boss: {},
    joiner: { manager: 'boss' },
    known: {},
    leaver: { status: 'inactive' },
    mover: { email: 'moved@example.test' },
  });
  office.wrote();
  return office;
}

const wanted = [
  'create boss',
  'create joiner',
  'disable leaver',
  'update joiner',
  'update known',
  'update mover',
];
/** A joiner who is made after a crash may have their manager from the beginning. */
const withoutReference = wanted.filter((order) => order !== 'update joiner');

/** More effects than such a pass has. */
const effects = Array.from({ length: 28 }, (_, index) => index + 1);

describe('a process that dies leaves neither a gap nor a double', () => {
  test.each(effects)('at its effect %i', async (at) => {
    for (const when of ['before', 'after'] as const) {
      const office = await openBusyOffice();
      await office.pass({ process: { kind: 'crash', at, when } });
      const before = office.wrote();
      await office.pass();
      const all = [...before, ...office.wrote()].toSorted();
      expect(all).toEqual(all.includes('update joiner') ? wanted : withoutReference);
      expect(await office.ends()).toBe('settled');
      expect(office.wrote()).toEqual([]);
      expect(office.accountOf('joiner')?.values['manager']).toBe(office.accountOf('boss')?.id);
      expect(await office.world.store.openIntents('lms')).toEqual([]);
      expect(await linkStates(office)).toEqual(allLinked);
    }
  });
});

test('a process that was frozen while another took over writes nothing more, to the target and to the store', async () => {
  const ended = new Set<string>();
  for (let at = 1; at < 24; at += 1) ended.add(await endOfFrozen(at));
  expect([...ended]).toContain('waiting LeaseLost');
});

/** How the pass ended that woke up to find its work done by another. */
async function endOfFrozen(at: number): Promise<string> {
  const office = await openBusyOffice();
  const left: unknown[] = [];
  office.world.change = (deps) => ({
    ...deps,
    store: new Proxy(deps.store, {
      get: (store, name) => (name === 'releaseLease' ? release : Reflect.get(store, name)),
    }),
  });
  /** What is known when a pass gives the target back, as the next one would decide from it. */
  async function release(lease: Lease): Promise<void> {
    await office.world.store.releaseLease(lease);
    left.push(await decisions(office));
  }
  const ends = await office.ends({ process: { kind: 'frozen', at } });
  expect(office.wrote()).toEqual(wanted);
  const [first, second] = office.world.passes.slice(-2);
  const { log } = office.world.target;
  const taken = log.findIndex(({ pass }) => pass === second);
  expect(log.slice(taken).filter(({ pass }) => taken >= 0 && pass === first)).toEqual([]);
  expect(await linkStates(office)).toEqual(allLinked);
  expect(await decisions(office)).toEqual(left[0]);
  return ends;
}

/** Everything in the store that a pass decides from. */
async function decisions({ world: { store } }: Office) {
  return {
    links: await store.links('staff'),
    intents: await store.openIntents('lms'),
    counts: await store.windowCounts({ kind: 'installation' }, 0),
    population: await store.largestPopulation({ kind: 'installation' }, 0),
    held: await store.held('staff'),
    escrow: await store.escrow('staff'),
    fillRates: await store.fillRates('hr-staff'),
    state: await store.syncState('staff'),
  };
}

const allLinked = ['boss active', 'joiner active', 'known active', 'leaver tombstone', 'mover active'];

async function linkStates(office: Office): Promise<readonly string[]> {
  return (await office.world.store.links('staff')).map(({ personId, state }) => `${personId} ${state}`);
}

import { expect, test } from 'vitest';
import { asOnlyWriter, type Tenure } from '../../src/reconcile/lease.ts';
import type { Store } from '../../src/store/store.ts';
import { noon } from '../plan/columns.ts';
import { FakeClock } from '../fake-clock.ts';

/** The leases of one process, whose clock may jump. `renewed` is how often the store was asked. */
function open(isTaken = () => false) {
  const clock = new FakeClock(noon);
  const asked = { renewed: 0 };
  const store = {
    acquireLease: async (name: string, holder: string) => ({ name, holder, token: 1 }),
    renewLease: async () => {
      asked.renewed += 1;
      return !isTaken();
    },
    releaseLease: async () => undefined,
  } as unknown as Store;
  const during = async <T>(work: (tenure: Tenure) => Promise<T>) =>
    await asOnlyWriter('lms', 'one', { store, clock }, new AbortController().signal, work);
  return { clock, asked, during };
}

test('the signal of a tenure fires when it is over, so that nothing that listens to it lives on', async () => {
  const { during } = open();
  const signal = await during(async (tenure) => {
    expect(tenure.signal.aborted).toBe(false);
    return tenure.signal;
  });
  expect(signal.aborted).toBe(true);
});

test('the store is asked whether the lease is still ours when any clock says that it may not be', async () => {
  const { clock, asked, during } = open();
  await during(async (tenure) => {
    expect(await tenure.holds()).toBe(true);
    expect(asked.renewed).toBe(0);
    for (const ms of [40_000, -3_600_000, -noon]) {
      clock.jump(ms);
      expect(await tenure.holds()).toBe(true);
    }
    expect(asked.renewed).toBe(3);
    expect(await tenure.holds()).toBe(true);
    expect(asked.renewed).toBe(3);
  });
});

test('who finds the lease taken under a clock that went back writes nothing more', async () => {
  const { clock, during } = open(() => true);
  await during(async (tenure) => {
    clock.jump(-3_600_000);
    expect(await tenure.holds()).toBe(false);
    expect(tenure.signal.reason).toMatchObject({ reason: 'LeaseLost' });
  });
});

test('an answer of the store that arrives when its lease may be over is not believed', async () => {
  let taken = false;
  const { clock, during } = open(() => taken);
  await during(async (tenure) => {
    clock.jump(86_400_000);
    const holds = tenure.holds();
    // Frozen with the answer on its way: a yes, and then another takes over.
    clock.jump(61_000);
    taken = true;
    expect(await holds).toBe(false);
  });
});

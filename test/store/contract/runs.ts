import { describe, expect, test } from 'vitest';
import { intent, leaseOf, link, noon, person, run, settled, summary, change, heldSet } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeRuns(open: () => Promise<OpenedStore>): void {
  describe('runs', () => {
    test('are listed newest first, of one sync or all, with their end where they have one', async () => {
      const { store, reopen } = await open();
      await store.beginRun(run('r1', noon));
      await store.beginRun(run('r2', noon + 10, 'interns'));
      await store.beginRun(run('r3', noon + 20));
      await store.endRun('r1', summary());
      const again = await reopen();
      expect((await again.runs({ limit: 2 })).map((one) => one.id)).toEqual(['r3', 'r2']);
      expect(await again.runs({ sync: 'staff', limit: 9 })).toEqual([
        run('r3', noon + 20),
        { ...run('r1', noon), summary: summary() },
      ]);
    });

    test('keep their people in the order in which they were told', async () => {
      const { store } = await open();
      await store.beginRun(run('r1'));
      await store.beginRun(run('r2'));
      const first = [person('p2'), person(null, { accountId: 'a1', situation: 'orphan' })];
      await store.recordPeople('r1', first);
      await store.recordPeople('r1', [person('p1')]);
      await store.recordPeople('r2', [person('p9')]);
      expect(await store.people('r1')).toEqual([...first, person('p1')]);
      expect(await store.people('unknown')).toEqual([]);
    });

    test('keep thousands of people', async () => {
      const { store } = await open();
      await store.beginRun(run('r1'));
      const many = Array.from({ length: 5_001 }, (_, index) => person(`p${index}`));
      await store.recordPeople('r1', many);
      expect(await store.people('r1')).toEqual(many);
    });

    test('refuse people of a run that has not begun', async () => {
      const { store } = await open();
      await expect(store.recordPeople('r1', [person('p1')])).rejects.toThrow('run r1 has not begun');
    });

    test("tell one person's history over runs, newest first, and nobody else's", async () => {
      const { store } = await open();
      for (const [index, id] of ['r1', 'r2', 'r3'].entries()) {
        await store.beginRun(run(id, noon + index));
        await store.recordPeople(id, [
          person('p1', { at: noon + index }),
          person('p2', { at: noon + index }),
        ]);
      }
      await store.beginRun(run('r4', noon, 'interns'));
      await store.recordPeople('r4', [person('p1')]);
      expect(await store.personHistory('staff', 'p1', 2)).toEqual([
        { run: 'r3', ...person('p1', { at: noon + 2 }) },
        { run: 'r2', ...person('p1', { at: noon + 1 }) },
      ]);
    });
  });

  describe('keeping', () => {
    test('what is old enough goes; links, open intents and what is younger stay', async () => {
      const { store, clock } = await open();
      const lease = await leaseOf(store);
      for (const [id, at] of [
        ['old', noon],
        ['young', noon + 100],
      ] as const) {
        clock.set(at);
        await store.beginRun(run(id, at));
        await store.endRun(id, summary(at + 1));
        await store.recordPeople(id, [person(`person-${id}`)]);
        await store.details('lms').remember([{ id, version: '1', data: id, readAt: at }]);
        await store.saveHeld(
          heldSet(id, [{ change: change(id, id), reason: 'Policy', message: '' }], id),
          at,
          lease,
        );
        await store.recordCounts('staff', 'lms', [{ class: 'remove', personId: id }], at, lease);
        await store.recordPopulation('staff', 'lms', at, at, lease);
        const intents = [
          intent(`open-${id}`, 'p1'),
          intent(`unknown-${id}`, 'p2'),
          intent(`done-${id}`, 'p3'),
        ];
        await store.recordIntents(id, 'staff', 'lms', intents, lease);
        await store.settle(
          [
            settled(`unknown-${id}`, 'unknown', { at }),
            settled(`done-${id}`, 'applied', { at, link: link('p3', 'a3') }),
          ],
          lease,
        );
      }
      for (const [key, state, since] of [
        ['held/old', 'resolved', noon],
        ['held/young', 'resolved', noon + 100],
        ['source', 'firing', noon],
      ] as const) {
        await store.saveAlert({ key, state, since, notifiedAt: since });
      }
      await store.expire(noon + 50);
      expect((await store.alerts()).map(({ key }) => key)).toEqual(['held/young', 'source']);
      expect((await store.runs({ limit: 9 })).map((one) => one.id)).toEqual(['young']);
      expect(await store.people('old')).toEqual([]);
      expect(await store.people('young')).toHaveLength(1);
      const versions = [
        { id: 'old', version: '1' },
        { id: 'young', version: '1' },
      ];
      expect([...(await store.details('lms').recall(versions)).keys()]).toEqual(['young']);
      expect(await store.heldByDigest('old')).toBeUndefined();
      expect(await store.heldByDigest('young')).toBeDefined();
      expect(await store.windowCounts({ kind: 'installation' }, 0)).toMatchObject([{ at: noon + 100 }]);
      expect(await store.largestPopulation({ kind: 'installation' }, 0)).toBe(noon + 100);
      expect(await store.links('staff')).toHaveLength(1);
      expect((await store.openIntents('lms')).map((one) => one.intent.key)).toEqual([
        'open-old',
        'unknown-old',
        'open-young',
        'unknown-young',
      ]);
    });

    test('a run that never ended goes by its start, and thousands of people with it', async () => {
      const { store } = await open();
      await store.beginRun(run('killed', noon));
      await store.recordPeople(
        'killed',
        Array.from({ length: 2_001 }, (_, index) => person(`p${index}`)),
      );
      await store.expire(noon);
      expect(await store.people('killed')).toHaveLength(2_001);
      await store.expire(noon + 1);
      expect(await store.people('killed')).toEqual([]);
      expect(await store.runs({ limit: 9 })).toEqual([]);
    });
  });
}

import { afterEach, expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import { specsOf, syncNamed } from './invented.ts';
import { Rig, start } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

const digest = 'd'.repeat(64);
const approval = {
  name: 'yes',
  sync: 'staff',
  digest: 'e'.repeat(64),
  by: 'boss',
  expires: '2999-12-31T00:00:00Z',
  reason: undefined,
  place: { file: 'yes.yaml', line: 1, column: 1 },
};

test('the daemon tells who is held, the first of them with its status, and which approval does nothing', async () => {
  rig = await new Rig(specsOf('r1', [syncNamed('staff')], { approvals: [approval] })).start();
  rig.store.heldSets.set('staff', {
    set: { sync: 'staff', digest, items: Array.from({ length: 30 }, (_, at) => leaver(`p${at}`)) },
    since: start,
    state: 'open',
    done: new Set(),
  });

  const [staff] = (await rig.daemon.status()).syncs;

  expect(staff?.held).toMatchObject({
    digest,
    since: start,
    count: 30,
    release: 'rosterd approve dddddddddddd',
  });
  expect(staff?.held?.items).toHaveLength(20);
  expect(staff?.idleApprovals.map(({ file, reason }) => `${file}: ${reason}`)).toEqual(['yes.yaml: Unknown']);
  expect((await rig.daemon.held('staff'))?.items).toHaveLength(30);
  await expect(rig.daemon.held('stuff')).rejects.toThrow(
    'there is no sync "stuff" at this revision; there are: staff',
  );
});

function leaver(personId: string) {
  const change: Change = {
    id: `disable/${personId}`,
    kind: 'disable',
    personId,
    accountId: `acc-${personId}`,
    situation: 'left',
    reason: 'left',
    cause: 'data',
    attributes: [],
    identity: {},
    links: false,
    needs: [],
  };
  return {
    change,
    reason: 'LimitReached',
    class: 'leave',
    message: 'leave: 30 planned, 5 allowed in 24 h',
  } as const;
}

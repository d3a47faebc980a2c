import { expect, test } from 'vitest';
import { connections, findingsOf } from '../folder.ts';

/** What is wrong with a sync into a system that deletes whoever is disabled. */
const findings = async (accepts: boolean, mode: string, what: string) =>
  (
    await findingsOf({
      'a.yaml': `${connections}apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: gone }
spec: { connector: gone, config: { accepts: ${String(accepts)} } }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: leavers }
spec:
  direction: { from: personio, to: gone }
  identity: { hr_id: source.id }
  attributes: { email: source.email }
  mode: ${mode}
  then: { ${what} }
`,
    })
  ).map((finding) => finding.replace(/^[^ ]* /, ''));

const refused =
  'accounts of "gone" can\'t be disabled: it deletes them; accept that; or write keep here, or mode: upsert [spec/then]';

test.each([
  { mode: 'full', what: '', says: [refused] },
  { mode: 'full', what: 'left: { disable: keep }', says: [] },
  {
    mode: 'full',
    what: 'left: { disable: keep }, away: disable, outOfScope: disable, vanished: { then: disable }',
    says: [refused, refused, refused],
  },
  { mode: 'full', what: 'left: { disable: keep }, outOfScope: delete', says: [] },
  { mode: 'upsert', what: '', says: [] },
  { mode: 'observe', what: '', says: [] },
])('not accepted, $mode, { $what }', async ({ mode, what, says }) => {
  expect(await findings(false, mode, what)).toEqual(says);
});

test.each([
  { what: '', says: [] },
  { what: 'outOfScope: disable', says: [] },
  { what: 'away: disable', says: [/whoever is away would come back to nothing; write away: keep/] },
  {
    what: 'vanished: { then: disable }',
    says: [/nobody is deleted because the source no longer lists them/],
  },
  { what: 'left: { deleteAfter: 30d }', says: [/so nothing is left to be deleted later; take it out/] },
])('accepted, { $what }', async ({ what, says }) => {
  expect(await findings(true, 'full', what)).toEqual(says.map((one) => expect.stringMatching(one)));
});

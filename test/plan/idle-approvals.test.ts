import { expect, test } from 'vitest';
import { idleApprovals } from '../../src/plan/idle-approvals.ts';
import type { CompiledApproval } from '../../src/spec/compiled.ts';
import { day, noon } from './columns.ts';

const digest = 'a'.repeat(64);
const other = 'b'.repeat(64);
const spring: CompiledApproval = {
  name: 'spring',
  sync: 'staff',
  digest,
  by: 'boss',
  expires: new Date(noon + day).toISOString(),
  reason: undefined,
  place: { file: 'approvals/spring.yaml', line: 3, column: 1 },
};
const expired = { ...spring, expires: new Date(noon).toISOString() };

interface Case {
  readonly name: string;
  readonly approval?: CompiledApproval;
  readonly state?: 'open' | 'superseded' | 'used';
  readonly held?: string;
  readonly asks?: 'never' | 'on-breach' | 'always';
  readonly says: string | undefined;
}

test.each<Case>([
  { name: 'of what is held now is not idle', state: 'open', held: digest, says: undefined },
  {
    name: 'that has expired releases nothing, and what is held is to be approved anew',
    approval: expired,
    state: 'open',
    held: digest,
    says: 'Expired: approval spring expired at 2026-11-22T12:00:00.000Z and releases nothing; delete the document, and approve what is held now with: rosterd approve aaaaaaaaaaaa',
  },
  {
    name: 'that is used up can be deleted',
    state: 'used',
    says: 'UsedUp: approval spring is used up: each of its changes was made or fell away; delete the document',
  },
  {
    name: 'that is used up says nothing of what is held since',
    approval: expired,
    state: 'used',
    held: other,
    says: 'UsedUp: approval spring is used up: each of its changes was made or fell away; delete the document, and approve what is held now with: rosterd approve bbbbbbbbbbbb',
  },
  {
    name: 'of a set that another has taken the place of releases only what has stayed the same',
    state: 'superseded',
    held: other,
    says: 'Superseded: approval spring names a held set of staff that another has taken the place of, and releases only what is still planned as it was; delete the document, and approve what is held now with: rosterd approve bbbbbbbbbbbb',
  },
  {
    name: 'of a set whose last members are to be tried again is not idle',
    state: 'superseded',
    says: undefined,
  },
  {
    name: 'of a digest that the store does not know is named',
    says: 'Unknown: approval spring names a held set of staff that this store does not know, and releases nothing: it was mistyped, comes from another store, or is older than what is kept; delete the document',
  },
  {
    name: 'for a sync that never asks is of no use',
    asks: 'never',
    state: 'open',
    held: digest,
    says: 'NotAsked: approval spring releases nothing, since sync staff says `approval: never`; delete the document, or let the sync ask with `approval: on-breach`',
  },
  { name: 'of another sync is not our business', approval: { ...spring, sync: 'guests' }, says: undefined },
])('an approval $name', ({ approval = spring, state, held, asks = 'on-breach', says }) => {
  const sets = new Map(state === undefined ? [] : [[digest, { state }]]);
  const idle = idleApprovals({ name: 'staff', approval: asks }, [approval], sets, held, noon);
  expect(idle.map(({ reason, message }) => `${reason}: ${message}`)).toEqual(
    says === undefined ? [] : [says],
  );
  expect(idle.map(({ file, line }) => `${file}:${line}`)).toEqual(idle.map(() => 'approvals/spring.yaml:3'));
});

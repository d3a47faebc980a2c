import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { situations } from '../../src/model/change.ts';
import { documented } from '../../src/plan/document.ts';
import type { Facts } from '../../src/plan/facts.ts';
import { laterFindings } from '../../src/plan/findings.ts';
import { decider, decisionTable } from '../../src/plan/situations.ts';

test('docs/lifecycle.md shows the decision table as it is', () => {
  const page = readFileSync(new URL('../../docs/lifecycle.md', import.meta.url), 'utf8');
  expect(page, 'write it anew with documented() of src/plan/document.ts').toBe(documented(page));
});

test('every situation is reached by a line of the table or by a later finding', () => {
  const reached = new Set<string>([
    ...decisionTable.map(({ situation }) => situation),
    ...Object.values(laterFindings).map(({ situation }) => situation),
    // An account, not a person.
    'orphan',
  ]);
  expect(situations.filter((situation) => !reached.has(situation))).toEqual([]);
});

const facts = {
  account: [
    'linked',
    'missingOnce',
    'missing',
    'ended',
    'endedAway',
    'one',
    'none',
    'unsought',
    'inactive',
    'several',
    'taken',
    'shared',
    'foreign',
    'protected',
    'doubtful',
    'doubtfulMatch',
  ],
  usable: [true, false],
  status: ['here', 'soon', 'later', 'away', 'left', 'undecided', 'failed', 'absent'],
  scope: ['in', 'out', 'undecided', 'failed'],
  grace: ['running', 'over'],
} as const satisfies { readonly [Name in keyof Facts]: readonly Facts[Name][] };

const everything: readonly Facts[] = facts.account.flatMap((account) =>
  facts.usable.flatMap((usable) =>
    facts.status.flatMap((status) =>
      facts.scope.flatMap((scope) => facts.grace.map((grace) => ({ account, usable, status, scope, grace }))),
    ),
  ),
);

const strictest = decider({
  starting: 'disabled',
  left: 'disable',
  away: 'disable',
  outOfScope: 'delete',
  vanished: 'disable',
  returned: 'reuse',
});
const deedsOf = (of: (one: Facts) => boolean) => [
  ...new Set(everything.filter(of).map((one) => strictest(one).deed)),
];

test('whatever is known of somebody, a protected, shared, disputed or foreign account is left alone', () => {
  const hands = ['protected', 'shared', 'several', 'taken', 'foreign', 'doubtfulMatch', 'inactive'];
  expect(deedsOf(({ account }) => hands.includes(account))).toEqual(['nothing']);
});

test('an account is taken away only from who has left, is out of scope, is away, or vanished beyond the time allowed', () => {
  const takes = everything.filter((one) =>
    ['disable', 'linkAndDisable', 'delete'].includes(strictest(one).deed),
  );
  const allowed = takes.filter(
    ({ status, scope, grace }) =>
      status === 'left' || status === 'away' || scope === 'out' || (status === 'absent' && grace === 'over'),
  );
  expect(allowed).toHaveLength(takes.length);
  expect(takes.some(({ status }) => status === 'undecided' || status === 'failed')).toBe(false);
});

test('accounts are created only for people who are here, in scope, and match nobody, and disabled ahead of the first day', () => {
  const creates = everything.filter(
    (one) => strictest(one).deed.startsWith('create') && one.account !== 'unsought',
  );
  const who = creates.map((one) => `${one.status} ${one.scope} ${one.account}: ${strictest(one).deed}`);
  expect(new Set(who)).toEqual(new Set(['here in none: create', 'soon in none: createDisabled']));
});

test('nobody is enabled who is not here and in scope', () => {
  const enables = everything.filter((one) =>
    ['adoptAndEnable', 'alignAndEnable', 'reuse'].includes(strictest(one).deed),
  );
  expect(new Set(enables.map(({ status, scope }) => `${status} ${scope}`))).toEqual(new Set(['here in']));
});

test('an account that can be used is deleted only out of scope, and one of a leaver only when its grace is over', () => {
  const deletes = everything.filter((one) => strictest(one).deed === 'delete');
  expect(
    new Set(deletes.filter(({ scope }) => scope !== 'out').map(({ usable, grace }) => `${usable} ${grace}`)),
  ).toEqual(new Set(['false over']));
});

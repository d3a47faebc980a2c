import { expect, test } from 'vitest';
import type { Drift } from '../../src/model/change.ts';

import {
  driftMessage,
  failureMessage,
  heldMessage,
  outsideMessage,
  resolvedMessage,
  summaryMessage,
} from '../../src/notify/messages.ts';
import { outcomeOf } from '../daemon/invented.ts';

const about = { direction: 'personio → talentlms', owner: 'people-ops', at: '2026-11-23T05:00:00.000Z' };
const footer = ['-- ', 'Run: run-1', 'Owner: people-ops', 'Time: 2026-11-23T05:00:00.000Z', ''];

test('a pass that did something says what, in numbers', () => {
  const outcome = outcomeOf('staff', {
    summary: {
      result: 'failed-people',
      message: '5 changes applied, 1 person failed',
      people: { linked: 190, unmatched: 3, left: 2, orphan: 0 },
      changes: [
        { kind: 'update', cause: 'data', outcome: 'applied', count: 1 },
        { kind: 'create', cause: 'data', outcome: 'applied', count: 2 },
        { kind: 'update', cause: 'drift', outcome: 'applied', count: 2 },
        { kind: 'create', cause: 'data', outcome: 'rejected', count: 1 },
      ],
      held: 1,
    },
  });
  expect(summaryMessage(outcome, about)).toEqual({
    subject: 'staff: 2 created, 3 updated',
    text: [
      'staff (personio → talentlms): 5 changes applied, 1 person failed.',
      '',
      'Done:',
      '  - 2 created',
      '  - 3 updated',
      '',
      'Not done, tried again in the next pass:',
      '  - 1 not created',
      '',
      '1 change held; nothing of them was written.',
      '',
      'People: 190 linked, 3 unmatched, 2 left.',
      '',
      ...footer,
    ].join('\n'),
  });
});

test('a pass with nothing to do says so', () => {
  expect(summaryMessage(outcomeOf('staff'), about).subject).toBe('staff: nothing to do');
});

test('a failure says whether anybody must act', () => {
  const waiting = outcomeOf('staff', {
    summary: { result: 'waiting', reason: 'Timeout', message: 'personio does not answer' },
  });
  expect(failureMessage(waiting, about)).toEqual({
    subject: 'staff fails: Timeout',
    text: [
      'staff (personio → talentlms) could not be done: Personio does not answer.',
      '',
      'rosterd tries again by itself; nobody has to do anything unless it goes on.',
      '',
      'You get one more mail about this, when it is over.',
      '',
      ...footer,
    ].join('\n'),
  });
  const stalled = outcomeOf('staff', {
    summary: { result: 'stalled', reason: 'AuthenticationFailed', message: 'x' },
  });
  expect(failureMessage(stalled, about).text).toContain('waits for somebody to correct it');
});

test('the end of a failure says since when it was', () => {
  expect(resolvedMessage('staff fails: Timeout', '2026-11-23T04:00:00.000Z', about)).toEqual({
    subject: 'staff fails: Timeout: resolved',
    text: 'staff fails: Timeout is over. It had begun at 2026-11-23T04:00:00.000Z.\n\n-- \nOwner: people-ops\nTime: 2026-11-23T05:00:00.000Z\n',
  });
});

test('a hold says how to look, how to approve and what else to do', () => {
  const held = outcomeOf('staff', {
    summary: {
      result: 'held',
      reason: 'LimitReached',
      message: 'leave: 40 planned, 5 allowed in 24 h',
      held: 40,
      heldDigest: 'd4f1',
    },
  });
  expect(heldMessage(held, about)).toEqual({
    subject: 'staff: 40 changes held',
    text: [
      'staff (personio → talentlms) holds 40 changes: Leave: 40 planned, 5 allowed in 24 h.',
      '',
      'Nothing of it was written. To see who is concerned:',
      '',
      '    rosterd plan staff',
      '',
      'If it is right, write an approval and let it be merged into the specs:',
      '',
      '    rosterd approve d4f1',
      '',
      'If it is wrong, correct the source or the specs; the hold goes away with its cause.',
      '',
      ...footer,
    ].join('\n'),
  });
});

test('drift stands apart from failure', () => {
  const drift = outcomeOf('staff', {
    summary: { drift: 1, changes: [{ kind: 'update', cause: 'drift', outcome: 'applied', count: 2 }] },
  });
  expect(driftMessage(drift, about)).toEqual({
    subject: 'staff: drift in talentlms',
    text: [
      'Somebody or something else changes what staff (personio → talentlms) writes in talentlms.',
      '',
      'Found:',
      '  - 1 difference left alone, as the specs say',
      '  - 2 accounts brought back in line',
      '',
      ...footer,
    ].join('\n'),
  });
});

const stuck = (attribute: string, personId: string): Drift => ({
  personId,
  accountId: `account-${personId}`,
  attribute,
  class: 'personal',
  reason: 'NotConverging',
});

test('what a target does not keep is named by attribute, without anybody, and with the way out', () => {
  const drift = [stuck('title', 'ada'), stuck('first_name', 'ada'), stuck('title', 'ben')];
  const outcome = { ...outcomeOf('staff', { summary: { drift: 3, notConverging: 3 } }), drift };
  expect(driftMessage(outcome, about)).toEqual({
    subject: 'staff: drift in talentlms',
    text: [
      'What staff (personio → talentlms) writes in talentlms does not stay there.',
      '',
      'Found:',
      '  - not written any more: first_name (1 account), title (2 accounts)',
      '',
      "What is not written any more was written, and different again in three passes. The way out: let the connector compare it in the target's form, set `policy: seed` or `policy: follow`, or correct it in the target. To see who is concerned:",
      '',
      '    rosterd plan staff',
      '',
      ...footer,
    ].join('\n'),
  });
});

test('specs that are refused are a failure of their own', () => {
  const failure = {
    key: 'specs/3f2c',
    title: 'the specs at 3f2c are refused',
    message: 'staff.yaml:3:1: unknown key',
  };
  expect(outsideMessage(failure, { ...about, owner: undefined })).toEqual({
    subject: 'the specs at 3f2c are refused',
    text: 'The specs at 3f2c are refused.\n\nstaff.yaml:3:1: unknown key\n\n-- \nTime: 2026-11-23T05:00:00.000Z\n',
  });
});

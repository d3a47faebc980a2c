import { expect, test } from 'vitest';
import { heldMessage } from '../../src/notify/messages.ts';
import { outcomeOf } from '../daemon/invented.ts';

test('nobody is asked to approve what no approval releases', () => {
  const { text } = heldMessage(
    outcomeOf('staff', {
      summary: {
        result: 'held',
        reason: 'Invariant',
        message: '3 active accounts would remain in the target; at least 8 must',
        held: 5,
        heldDigest: 'd4f1',
        unreleasable: true,
      },
    }),
    { direction: 'personio → talentlms', owner: undefined, at: '2026-11-23T05:00:00.000Z' },
  );
  expect(text).toContain('No approval releases it.');
  expect(text).not.toContain('rosterd approve');
});

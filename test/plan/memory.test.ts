import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import { unpackHashes } from '../../src/model/link.ts';
import { appliedHashes } from '../../src/plan/memory.ts';
import type { MappedAttribute } from '../../src/spec/compiled.ts';
import type { Situation } from './people.ts';
import { account, hash, hashed, link, person } from './people.ts';
import { emailAttribute, mapped, reads } from './specs.ts';
import { planFor } from './summary.ts';

const phone = (more: Parameters<typeof mapped>[2]): MappedAttribute => mapped('phone', reads('phone'), more);
const remembered = (values: Readonly<Record<string, string>>) =>
  link('ada', { applied: hashed({ hris_id: 'ada', ...values }) });

describe('the cause of a difference', () => {
  const rows: readonly [string, Partial<ReturnType<typeof link>>, string][] = [
    ['drift: the source did not change', {}, 'drift'],
    [
      'revision: the mapping did',
      { mapping: 'mapping-0', applied: hashed({ first_name: 'Old' }) },
      'revision',
    ],
    ['data: the source did', { applied: hashed({ first_name: 'Old' }) }, 'data'],
  ];
  test.each(rows)('%s', (_, memory, cause) => {
    const plan = planFor({
      people: [person('ada')],
      accounts: [account('ada', { first_name: 'Other' })],
      links: [link('ada', memory)],
    });
    expect(plan.changes.map((change) => [change.cause, change.attributes[0]?.cause])).toEqual([
      [cause, cause],
    ]);
  });

  test('due: a date came', () => {
    const leaver = person('ada', { lastDay: '2026-11-21' });
    const plan = planFor({ people: [leaver], accounts: [account('ada')], links: [link('ada')] });
    expect(plan.changes[0]?.cause).toBe('due');
  });
});

describe('what is remembered', () => {
  const adopted = link('ada', { applied: hashed({ hris_id: 'ada' }) });
  const given: Situation = { people: [person('ada')], accounts: [account('ada')] };

  test('an unchanged pass hashes nobody', () => {
    const plan = planFor({ ...given, links: [link('ada')] });
    expect(plan.memory).toEqual([]);
  });

  test('what an adopted account held already counts as applied from the next pass on', () => {
    const hashes = { email: hash('email', 'ada@example.com'), first_name: hash('first_name', 'ADA') };
    expect(planFor({ ...given, links: [adopted] }).memory).toEqual([
      { kind: 'applied', personId: 'ada', hashes },
    ]);
  });

  test('a mapping that changed without a difference is remembered as agreed with', () => {
    const old = link('ada', { mapping: 'mapping-0' });
    expect(planFor({ ...given, links: [old] }).memory).toEqual([
      { kind: 'applied', personId: 'ada', hashes: {} },
    ]);
  });

  test('follow remembers a new result that somebody has entered by hand', () => {
    const follow = phone({ policy: 'follow' });
    const plan = planFor({
      sync: { attributes: [follow] },
      people: [person('ada', { phone: '2' })],
      accounts: [account('ada', { phone: '2' })],
      links: [remembered({ phone: '1' })],
    });
    expect(plan.memory).toEqual([
      { kind: 'applied', personId: 'ada', hashes: { phone: hash('phone', '2') } },
    ]);
    expect(plan.changes).toEqual([]);
  });

  test('after apply the link holds the hashes of what was written, and no secret', () => {
    const [change] = planFor({
      sync: { attributes: [emailAttribute, mapped('login', { kind: 'generate', what: 'secret' })] },
      people: [person('ada')],
    }).changes;
    const packed = appliedHashes(change as Change, 'phone=#kept', hash);
    expect([...unpackHashes(packed).keys()]).toEqual(['email', 'hris_id', 'phone']);
  });
});

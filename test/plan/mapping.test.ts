import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import { unpackHashes } from '../../src/model/link.ts';
import { appliedHashes } from '../../src/plan/memory.ts';
import type { MappedAttribute } from '../../src/spec/compiled.ts';
import type { Situation } from './people.ts';
import {
  account,
  emailAttribute,
  hash,
  hashed,
  link,
  mapped,
  person,
  reads,
  shape,
  stranger,
} from './people.ts';
import { planFor, summarize } from './summary.ts';

const phone = (more: Parameters<typeof mapped>[2]): MappedAttribute => mapped('phone', reads('phone'), more);
const remembered = (values: Readonly<Record<string, string>>) =>
  link('ada', { applied: hashed({ hris_id: 'ada', ...values }) });

/** What happens to the phone of ada, who is linked. */
function phoneOf(
  attribute: MappedAttribute,
  source: string | null | undefined,
  target: string | null | undefined,
  last?: string,
) {
  const plan = planFor({
    sync: { attributes: [attribute] },
    people: [person('ada', { phone: source })],
    accounts: [account('ada', { phone: target })],
    links: [remembered(last === undefined ? {} : { phone: last })],
  });
  const after = plan.changes[0]?.attributes[0]?.after;
  return {
    written: after === undefined ? undefined : 'value' in after ? after.value : after,
    drift: plan.drift.length,
    clears: plan.changes[0]?.attributes[0]?.clears ?? false,
    says: plan.verdicts[0]?.reason ?? '',
  };
}

describe('policies', () => {
  const rows: readonly [string, MappedAttribute, (string | undefined)[], unknown, number][] = [
    ['enforce corrects what differs', phone({}), ['1', '2'], '1', 0],
    ['enforce corrects what somebody changed in the target', phone({}), ['1', '2', '1'], '1', 0],
    ['follow writes when our result changed', phone({ policy: 'follow' }), ['2', '1', '1'], '2', 0],
    [
      'follow leaves what somebody changed in the target',
      phone({ policy: 'follow' }),
      ['1', '2', '1'],
      undefined,
      1,
    ],
    ['follow without a memory reports', phone({ policy: 'follow' }), ['1', '2'], undefined, 1],
    ['seed is not written again', phone({ policy: 'seed' }), ['1', '2'], undefined, 0],
    [
      'seed is not written into an empty attribute',
      phone({ policy: 'seed' }),
      ['1', undefined],
      undefined,
      0,
    ],
    ['seed-if-empty fills what is empty', phone({ policy: 'seed-if-empty' }), ['1', undefined], '1', 0],
    ['seed-if-empty leaves what is there', phone({ policy: 'seed-if-empty' }), ['1', '2'], undefined, 0],
    [
      'what can be written only on create is drift later',
      phone({ facts: { write: 'create' } }),
      ['1', '2'],
      undefined,
      1,
    ],
    [
      'what is never read back is sent when our result changed',
      phone({ facts: { writeOnly: true } }),
      ['2', undefined, '1'],
      '2',
      0,
    ],
    [
      'what is never read back is sent once',
      phone({ facts: { writeOnly: true } }),
      ['1', undefined, '1'],
      undefined,
      0,
    ],
  ];
  test.each(rows)('%s', (_, attribute, [source, target, last], written, drift) => {
    expect(phoneOf(attribute, source, target, last)).toMatchObject({ written, drift });
  });
});

describe('absent, null and empty', () => {
  const rows: readonly [string, MappedAttribute, (string | null | undefined)[], unknown, boolean][] = [
    ['keep keeps the value of who has none', phone({ onNull: 'keep' }), [undefined, '2'], undefined, false],
    ['clear takes it away', phone({ onNull: 'clear' }), [undefined, '2'], null, true],
    ['null is as absent', phone({ onNull: 'clear' }), [null, '2'], null, true],
    [
      'clear has nothing to take from an empty attribute',
      phone({ onNull: 'clear' }),
      [undefined, ''],
      undefined,
      false,
    ],
    ['empty text over a value clears it', phone({ onNull: 'keep' }), ['', '2'], '', true],
    ['empty text over nothing is nothing', phone({ onNull: 'keep' }), ['', undefined], undefined, false],
  ];
  test.each(rows)('%s', (_, attribute, [source, target], written, clears) => {
    expect(phoneOf(attribute, source, target)).toMatchObject({ written, clears });
  });

  test('error is an error of that person, by name and class, without the value', () => {
    expect(phoneOf(phone({ onNull: 'error', class: 'sensitive' }), undefined, '2')).toEqual({
      written: undefined,
      drift: 0,
      clears: false,
      says: 'attribute "phone" (sensitive): depends on phone, which is absent',
    });
  });

  test('one attribute that cannot be computed writes nothing for that person, and stops nobody else', () => {
    const plan = planFor({
      people: [person('ada', { email: '!broken', first_name: 'New' }), person('bob', { first_name: 'New' })],
      accounts: [account('ada'), account('bob')],
      links: [link('ada'), link('bob')],
    });
    expect(summarize(plan)).toEqual({
      changes: ['update bob (differs: first_name)'],
      people: [
        'ada is failed! (attribute "email" (personal): source.email cannot be read)',
        'bob is linked (differs: first_name)',
      ],
    });
  });
});

test('what the target hands back in another form is no difference', () => {
  const plan = planFor({
    people: [person('ada', { email: 'Ada@Example.com' })],
    accounts: [account('ada')],
    links: [link('ada')],
  });
  expect(summarize(plan)).toEqual({ changes: [], people: [] });
});

test('a new account begins with constants, seeds and a fresh secret; what is empty is left out', () => {
  const plan = planFor({
    sync: {
      attributes: [
        mapped('role', { kind: 'constant', value: 'learner' }),
        mapped('login', { kind: 'generate', what: 'secret' }, { policy: 'seed' }),
        phone({ onNull: 'clear' }),
      ],
    },
    people: [person('ada')],
  });
  expect(plan.changes[0]?.attributes.map(({ name, after }) => [name, after])).toEqual([
    ['hris_id', { value: 'ada' }],
    ['login', { generate: 'secret' }],
    ['role', { value: 'learner' }],
  ]);
  expect(plan.changes[0]?.identity).toEqual({ hris_id: 'ada' });
});

test('secrets and seeds are not written into an adopted account', () => {
  const plan = planFor({
    sync: { attributes: [mapped('login', { kind: 'generate', what: 'secret' }), phone({ policy: 'seed' })] },
    people: [person('ada', { phone: '1' })],
    accounts: [stranger('ada')],
  });
  expect(summarize(plan).changes).toEqual(['adopt ada (matched by match[0]; hris_id)']);
});

test('a linked account that lacks the identity gets it', () => {
  const plan = planFor({ people: [person('ada')], accounts: [stranger('ada')], links: [link('ada')] });
  expect(summarize(plan).changes).toEqual(['update ada (differs: hris_id)']);
});

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

describe('modes', () => {
  const world: Situation = {
    people: [
      person('ada'),
      person('bob', { first_name: 'New' }),
      person('carl'),
      person('dora', { lastDay: '2026-11-20' }),
      person('eve'),
    ],
    accounts: [stranger('ada'), account('bob'), account('dora'), account('eve', {}, { active: false })],
    links: [link('bob'), link('dora'), link('eve')],
  };
  const full = [
    'disable dora (left: last day was 2026-11-20)',
    'adopt ada (matched by match[0]; hris_id)',
    'create carl (no account matches; email, first_name, hris_id)',
    'update bob (differs: first_name)',
    'enable eve (deactivated in the target)',
  ];
  test.each([
    ['observe shows what full would do', 'observe', full],
    ['full does everything', 'full', full],
    ['upsert disables nobody', 'upsert', full.slice(1)],
    [
      'create-only creates, and remembers whom it adopts without writing to them',
      'create-only',
      ['adopt ada (matched by match[0])', 'create carl (no account matches; email, first_name, hris_id)'],
    ],
  ] as const)('%s', (_, mode, changes) => {
    expect(summarize(planFor({ ...world, sync: { mode } })).changes).toEqual(changes);
  });

  test('what the mode leaves undone is said for each person', () => {
    expect(summarize(planFor({ ...world, sync: { mode: 'create-only' } })).people).toEqual([
      'ada is unlinked (matched by match[0])',
      'bob is linked (differs: first_name; mode create-only does not update)',
      'carl is unmatched (no account matches)',
      'dora is left (left: last day was 2026-11-20; mode create-only does not disable)',
      'eve is linked (deactivated in the target; mode create-only does not enable)',
    ]);
  });

  test('what the target cannot do asks for attention', () => {
    const abilities = { ...shape.abilities, disable: false, create: false };
    const people = summarize(planFor({ ...world, shape: { abilities } })).people;
    expect(people).toContain(
      'dora is left! (left: last day was 2026-11-20; the platform cannot disable accounts here)',
    );
    expect(people).toContain(
      'carl is unmatched! (no account matches; the platform cannot create accounts here)',
    );
  });
});

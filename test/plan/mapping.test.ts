import { describe, expect, test } from 'vitest';
import type { MappedAttribute } from '../../src/spec/compiled.ts';
import { account, hashed, link, person, stranger } from './people.ts';
import { mapped, reads } from './specs.ts';
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

import { describe, expect, test } from 'vitest';
import type { AttributeChange, Change, Plan, Verdict } from '../../src/model/change.ts';
import { comparePlans, type ComparedChange } from '../../src/plan/compare.ts';

const attribute = (name: string, value: string | null): AttributeChange => ({
  name,
  before: 'before',
  after: { value },
  cause: 'data',
  class: 'internal',
  expression: `source.${name}`,
  clears: value === null,
  renames: false,
});

function change(kind: Change['kind'], personId: string, ...attributes: readonly AttributeChange[]): Change {
  return {
    id: `${kind}/${personId}`,
    kind,
    personId,
    accountId: kind === 'create' ? null : `account of ${personId}`,
    links: false,
    situation: 'linked',
    reason: '',
    cause: 'data',
    attributes,
    identity: {},
    needs: [],
  };
}

const verdict = (personId: string, situation: Verdict['situation']): Verdict => ({
  personId,
  accountId: null,
  situation,
  reason: `because of ${situation}`,
  attention: false,
});

const plan = (changes: readonly Change[], verdicts: readonly Verdict[] = []) =>
  ({ changes, verdicts }) as unknown as Plan;

/** `update/ada title, city (partly)` */
const short = ({ id, attributes, partly }: ComparedChange) =>
  [id, attributes.map(({ name }) => name).join(', '), partly === true ? '(partly)' : '']
    .filter((part) => part !== '')
    .join(' ');

const title = attribute('title', 'Engineer');
const city = attribute('city', 'Oslo');
const noTitle = attribute('title', null);

describe('of two plans on one reading', () => {
  test.each<[string, Change[], Change[], { because?: string[]; anyway?: string[]; calledOff?: string[] }]>([
    [
      'the same is waiting anyway',
      [change('update', 'ada', title)],
      [change('update', 'ada', title)],
      { anyway: ['update/ada title'] },
    ],
    ['what is new is because of it', [], [change('create', 'ada', title)], { because: ['create/ada title'] }],
    ['what is gone is called off', [change('disable', 'ada')], [], { calledOff: ['disable/ada'] }],
    [
      'an update is taken apart by its attributes',
      [change('update', 'ada', city)],
      [change('update', 'ada', city, noTitle)],
      { because: ['update/ada title (partly)'], anyway: ['update/ada city (partly)'] },
    ],
    [
      'another value is because of it, and nothing is called off',
      [change('update', 'ada', title)],
      [change('update', 'ada', noTitle)],
      { because: ['update/ada title'] },
    ],
    [
      'an attribute that is no more written is called off alone',
      [change('update', 'ada', title, city)],
      [change('update', 'ada', city)],
      { anyway: ['update/ada city'], calledOff: ['update/ada title (partly)'] },
    ],
    [
      'a create that was waiting stays one, with other values',
      [change('create', 'ada', title)],
      [change('create', 'ada', noTitle)],
      { because: ['create/ada title (partly)'], anyway: ['create/ada (partly)'] },
    ],
    [
      'a deletion in place of a disable is another deed',
      [change('disable', 'ada')],
      [change('delete', 'ada')],
      { because: ['delete/ada'], calledOff: ['disable/ada'] },
    ],
    [
      'an update of another account is another deed',
      [change('update', 'ada', title)],
      [{ ...change('update', 'ada', title), accountId: 'somebody else' }],
      { because: ['update/ada title'], calledOff: ['update/ada title'] },
    ],
  ])('%s', (_name, older, newer, wanted) => {
    const { because, anyway, calledOff } = comparePlans(plan(older), plan(newer));
    expect({
      because: because.map(short),
      anyway: anyway.map(short),
      calledOff: calledOff.map(short),
    }).toEqual({
      because: [],
      anyway: [],
      calledOff: [],
      ...wanted,
    });
  });

  test('why a value is written, or a fresh secret, makes no difference', () => {
    const fresh: AttributeChange = { ...attribute('password', ''), after: { generate: 'secret' } };
    const older = change('update', 'ada', { ...title, cause: 'drift' }, fresh);
    const newer = change('update', 'ada', { ...title, cause: 'revision', expression: '"Engineer"' }, fresh);
    const { because, anyway } = comparePlans(plan([older]), plan([newer]));
    expect([because, anyway.map(short)]).toEqual([[], ['update/ada title, password']]);
  });

  test('a sync that is new or gone is compared with nothing', () => {
    const ada = plan([change('create', 'ada')]);
    expect(comparePlans(undefined, ada).because.map(short)).toEqual(['create/ada']);
    expect(comparePlans(ada, undefined).calledOff.map(short)).toEqual(['create/ada']);
  });

  test('who is named by a change is not told again to stand elsewhere', () => {
    const newer = plan(
      [change('disable', 'ada')],
      [verdict('ada', 'outOfScope'), verdict('ben', 'outOfScope')],
    );
    expect(comparePlans(plan([]), newer).moved.map(({ personId }) => personId)).toEqual(['ben']);
  });

  test('people stand elsewhere, in the order of their numbers, although nothing is written for them', () => {
    const older = [verdict('9', 'unlinked'), verdict('10', 'outOfScope'), verdict('2', 'away')];
    const newer = [verdict('9', 'outOfScope'), verdict('100', 'left'), verdict('2', 'away')];
    expect(comparePlans(plan([], older), plan([], newer)).moved).toEqual([
      {
        personId: '9',
        accountId: null,
        before: 'unlinked',
        after: 'outOfScope',
        reason: 'because of outOfScope',
      },
      { personId: '10', accountId: null, before: 'outOfScope', after: null, reason: 'because of outOfScope' },
      { personId: '100', accountId: null, before: null, after: 'left', reason: 'because of left' },
    ]);
  });
});

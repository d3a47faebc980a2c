import { describe, expect, test } from 'vitest';
import type { LinkRecord } from '../../src/model/link.ts';
import type { Change, Plan } from '../../src/model/change.ts';
import { remember } from '../../src/plan/memory.ts';
import { straysAfter } from '../../src/plan/strays.ts';
import type { MappedAttribute } from '../../src/spec/compiled.ts';
import type { Fields } from './columns.ts';
import { account, hashed, link, person, type Situation } from './people.ts';
import { emailAttribute, mapped, reads, withThen } from './specs.ts';
import { planFor } from './summary.ts';

const values = { hris_id: 'ada', email: 'ada@example.com', first_name: 'ADA' };
const strayed = (strays: string, more: Partial<LinkRecord> = {}) =>
  link('ada', { applied: hashed(values), strays, ...more });

/** Ada's account shows another first name than the one that was written. */
function planned(of: LinkRecord, more: Situation = {}, shows: Fields = { first_name: 'Other' }): Plan {
  return planFor({ people: [person('ada')], accounts: [account('ada', shows)], links: [of], ...more });
}

const summary = ({ changes, drift, memory }: Plan) => ({
  changes: changes.map(({ id, attributes }) => `${id}: ${attributes.map(({ name }) => name).join(' ')}`),
  drift: drift.map(({ attribute, reason }) => `${attribute} ${reason}`),
  memory,
});
const written = { changes: ['update/ada: first_name'], drift: [], memory: [] };
const left = { changes: [], drift: ['first_name NotConverging'], memory: [] };

/** The first change of that plan. */
function change(of: LinkRecord, given: Situation = {}): Change {
  const [first] = planned(of, given).changes;
  if (first === undefined) throw new Error('nothing is planned');
  return first;
}

describe('a value that the target does not keep', () => {
  test('is written again after one and after two readings that differ, and left alone after the third', () => {
    expect(summary(planned(strayed('')))).toEqual(written);
    expect(summary(planned(strayed('first_name=1')))).toEqual(written);
    expect(summary(planned(strayed('first_name=2')))).toEqual(left);
    expect(summary(planned(strayed('first_name=3')))).toEqual(left);
  });

  test('is named with its account, and its person is otherwise in order', () => {
    const { drift, verdicts, counts } = planned(strayed('first_name=2'));
    expect(drift).toEqual([
      {
        personId: 'ada',
        accountId: 'acc-ada',
        attribute: 'first_name',
        class: 'personal',
        reason: 'NotConverging',
      },
    ]);
    expect([verdicts, counts.linked]).toEqual([[], 1]);
  });

  test('does not keep the other attributes of the person from being written', () => {
    const plan = planned(strayed('first_name=2'), {}, { first_name: 'Other', email: 'old@example.com' });
    expect(summary(plan)).toEqual({ ...left, changes: ['update/ada: email'] });
  });

  test('does not keep the account from being enabled', () => {
    const accounts = [account('ada', { first_name: 'Other' }, { active: false })];
    expect(summary(planned(strayed('first_name=2'), { accounts }))).toEqual({
      ...left,
      changes: ['enable/ada: '],
    });
  });

  test.each<{ when: string; link?: Partial<LinkRecord>; given?: Situation }>([
    {
      when: 'the source says something else',
      given: { people: [person('ada', { first_name: 'Augusta' })] },
    },
    { when: 'the mapping is another', link: { mapping: 'mapping-0' } },
    { when: 'it is another attribute that the target does not keep', link: { strays: 'email=2' } },
  ])('is written again when $when', (one) => {
    const plan = planned(strayed('first_name=2', one.link), one.given);
    expect(summary(plan).changes).toEqual(['update/ada: first_name']);
    expect(summary(plan).drift).toEqual([]);
  });

  test('what `follow` leaves alone was never written: that is another reason', () => {
    const attributes = [emailAttribute, mapped('first_name', reads('first_name'), { policy: 'follow' })];
    expect(summary(planned(strayed(''), { sync: { attributes } })).drift).toEqual(['first_name LeftAlone']);
  });

  test('what is cleared and comes back counts as well', () => {
    const phone = mapped('phone', reads('phone'), { onNull: 'clear' });
    const plan = planned(
      strayed('phone=2', { applied: hashed({ ...values, phone: null }) }),
      { sync: { attributes: [emailAttribute, phone] } },
      { phone: '1' },
    );
    expect(summary(plan)).toEqual({ ...left, drift: ['phone NotConverging'] });
  });
});

describe('a reading that shows our value', () => {
  const shown: Fields = { first_name: 'ADA' };

  test('is remembered: the count of that attribute begins anew', () => {
    const plan = planned(strayed('email=1\nfirst_name=2'), {}, { ...shown, email: 'old@example.com' });
    expect(plan.memory).toEqual([{ kind: 'converged', personId: 'ada', attributes: ['first_name'] }]);
    const [update] = plan.memory;
    const after = update && remember(strayed('email=1\nfirst_name=2'), update, 0, 'mapping-1');
    expect(after?.strays).toBe('email=1');
  });

  test('is forgotten of, and nothing is remembered, for people whose values were never strayed from', () => {
    expect(planned(link('ada'), {}, shown).memory).toEqual([]);
  });

  test('in another form counts as our value', () => {
    const plan = planned(strayed('email=2'), {}, { ...shown, email: 'ADA@Example.com' });
    expect(plan.memory).toEqual([{ kind: 'converged', personId: 'ada', attributes: ['email'] }]);
  });

  test('counts of another mapping are gone once the link agrees with this one', () => {
    const before = strayed('first_name=2', { mapping: 'mapping-0' });
    const after = planned(before, {}, shown).memory.reduce(
      (one, update) => remember(one, update, 0, 'mapping-1'),
      before,
    );
    expect([after.mapping, after.strays]).toEqual(['mapping-1', undefined]);
  });
});

test.each([
  { shows: 'A\u0308da', differs: false },
  { shows: '\u00C4da', differs: false },
  { shows: 'Ada', differs: true },
])('$shows for Äda: what is one character to everybody is one text, whatever the connector says', (one) => {
  const people = [person('ada', { first_name: '\u00C4da' })];
  const { changes } = planned(link('ada'), { people }, { first_name: one.shows });
  expect(changes.length > 0).toBe(one.differs);
});

describe('the counts that a link has after a change', () => {
  const before = strayed('first_name=1\nphone=1');

  test('one more for what the target had strayed from, the others stand', () => {
    expect(straysAfter(change(before), before, 'mapping-1')).toBe('first_name=2\nphone=1');
    const fresh = link('ada');
    expect(straysAfter(change(fresh), fresh, 'mapping-1')).toBe('first_name=1');
  });

  test('none for a new value', () => {
    const other = change(before, { people: [person('ada', { first_name: 'Augusta' })] });
    expect(straysAfter(other, before, 'mapping-1')).toBe('phone=1');
  });

  test('none at all under another mapping, and for another account', () => {
    expect(straysAfter(change(before), before, 'mapping-2')).toBeUndefined();
    expect(straysAfter(change(before), { ...before, accountId: 'acc-2' }, 'mapping-1')).toBeUndefined();
    expect(
      straysAfter({ ...change(before), kind: 'create', accountId: null }, before, 'mapping-1'),
    ).toBeUndefined();
    expect(straysAfter({ ...change(before), kind: 'adopt' }, before, 'mapping-1')).toBeUndefined();
    expect(straysAfter(change(before), undefined, 'mapping-1')).toBeUndefined();
  });
});

describe('a reference to a person', () => {
  const manager: MappedAttribute = mapped('manager', { kind: 'person', expression: reads('supervisor') });
  const follow: MappedAttribute = { ...manager, policy: 'follow' };
  const refers = (strays: string | undefined, shows: Fields, sync: Situation['sync'], of = manager) => {
    const applied = hashed({ ...values, manager: 'acc-ben' });
    const ada = link('ada', { applied, ...(strays === undefined ? {} : { strays }) });
    return summary(
      planFor({
        sync: { attributes: [emailAttribute, of], ...sync },
        people: [person('ada', { supervisor: 'ben' }), person('ben')],
        accounts: [account('ada', shows), account('ben')],
        links: [ada, link('ben')],
      }),
    );
  };
  // Where people out of scope are deleted, whom a reference names is settled last.
  const late = withThen({ outOfScope: 'delete' });

  test.each([
    { how: 'at once', sync: {} },
    { how: 'once everybody is known', sync: late },
  ])('that the target does not keep is left alone as well, judged $how', ({ sync }) => {
    const reset = [{ kind: 'converged', personId: 'ada', attributes: ['manager'] }];
    const stuck = { changes: [], drift: ['manager NotConverging'], memory: [] };
    const again = { ...stuck, changes: ['update/ada: manager'], drift: [] };
    expect(refers('manager=1', { manager: 'acc-eve' }, sync)).toEqual(again);
    expect(refers('manager=2', { manager: 'acc-eve' }, sync)).toEqual(stuck);
    expect(refers('manager=2', { manager: 'acc-ben' }, sync)).toEqual({ ...stuck, drift: [], memory: reset });
  });

  test.each([
    { how: 'at once', sync: {} },
    { how: 'once everybody is known', sync: late },
  ])('with `follow`, changed by hand, is reported and not written, judged $how', ({ sync }) => {
    expect(refers(undefined, { manager: 'acc-eve' }, sync, follow)).toEqual({
      changes: [],
      drift: ['manager LeftAlone'],
      memory: [],
    });
  });
});

import { expect, test } from 'vitest';
import { changeClasses } from '../../src/plan/limits.ts';
import type { MappedAttribute } from '../../src/spec/compiled.ts';
import { account, hashed, link, person, stranger, type Situation } from './people.ts';
import { emailAttribute, mapped, reads, sync } from './specs.ts';
import { planFor } from './summary.ts';

const picture = (policy: MappedAttribute['policy'] = 'enforce') =>
  mapped('photo', reads('phone'), { policy, facts: { type: 'picture' } });
const withPhoto = (more?: MappedAttribute['policy']): Situation['sync'] => ({
  attributes: [emailAttribute, mapped('first_name', reads('first_name')), picture(more)],
});
const known = (digest: string) =>
  link('ada', {
    applied: hashed({ hris_id: 'ada', email: 'ada@example.com', first_name: 'ADA', photo: digest }),
  });

function planned(situation: Situation) {
  return planFor(situation).changes.map((change) => [
    change.id,
    change.attributes.filter(({ name }) => name === 'photo').map(({ after }) => after),
    changeClasses(change).map((one) => one.class),
    change.needs,
  ]);
}

const ada = person('ada', { phone: 'sha256:1' });
const after = [{ value: 'sha256:1' }];
const id = 'update/ada/pictures';

test('a new person’s picture follows the account, and is part of making it', () => {
  expect(planned({ sync: withPhoto(), people: [ada] })).toEqual([
    ['create/ada', [], ['create'], []],
    [id, after, ['create'], ['create/ada']],
  ]);
});

test('an adopted account’s picture is part of adopting it; with follow it keeps its own', () => {
  const accounts = [stranger('ada')];
  expect(planned({ sync: withPhoto(), people: [ada], accounts })).toEqual([
    ['adopt/ada', [], ['adopt'], []],
    [id, after, ['adopt'], ['adopt/ada']],
  ]);
  expect(planned({ sync: withPhoto('follow'), people: [ada], accounts })).toEqual([
    ['adopt/ada', [], ['adopt'], []],
  ]);
});

test('a picture that was never sent, under the mapping that the account was made with, is still owed', () => {
  const situation = { sync: withPhoto(), people: [ada], accounts: [account('ada')] };
  expect(planned({ ...situation, links: [link('ada', { mapping: sync().digest })] })).toEqual([
    [id, after, ['create'], []],
  ]);
});

test('a spec that begins to want pictures updates everybody who has one, within the limit of updates', () => {
  const situation = { sync: withPhoto(), people: [ada, person('bob')], links: [link('ada'), link('bob')] };
  const links = [link('ada', { mapping: 'before' }), link('bob', { mapping: 'before' })];
  const accounts = [account('ada'), account('bob')];
  expect(planned({ ...situation, accounts, links })).toEqual([[id, after, ['update'], []]]);
});

test('the content that was last sent decides, as nothing is read back', () => {
  const situation = { sync: withPhoto(), people: [ada], accounts: [account('ada')] };
  expect(planned({ ...situation, links: [known('sha256:1')] })).toEqual([]);
  expect(planned({ ...situation, links: [known('sha256:2')] })).toEqual([[id, after, ['update'], []]]);
  expect(planned({ ...situation, sync: withPhoto('follow'), links: [known('sha256:2')] })).toEqual([
    [id, after, ['update'], []],
  ]);
});

test('a name and a picture that change together are two changes, the picture last', () => {
  const people = [person('ada', { phone: 'sha256:2', first_name: 'Ada' })];
  const situation = { sync: withPhoto(), people, accounts: [account('ada')], links: [known('sha256:1')] };
  expect(planned(situation).map(([name]) => name)).toEqual(['update/ada', id]);
});

test('nobody’s picture is taken away', () => {
  const situation = { sync: withPhoto(), people: [person('ada')], accounts: [account('ada')] };
  expect(planned({ ...situation, links: [known('sha256:1')] })).toEqual([]);
});

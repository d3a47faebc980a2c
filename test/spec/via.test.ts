import { expect, test } from 'vitest';
import { identity, schools, specsWith } from '../training/school.ts';
import { findingsOf } from './folder.ts';

const attributes = (rule: string) =>
  `${identity}  attributes: { progress: source.progress, note: ${rule} }\n`;

test('enrolments of two learning systems are joined by the people of both and by their courses', async () => {
  expect(await findingsOf({ 'a.yaml': specsWith(attributes('source.note')) }, schools)).toEqual([]);
});

test('the name of a course and the name of a person are two things', async () => {
  const more = `apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: mentors }
spec:
  direction: { from: hr, to: south }
  identity: { staff_id: source.id }
  attributes: { id: source.id }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: more-courses }
spec:
  entity: course
  direction: { from: hr, to: south }
  identity: { code: source.code }
  attributes: { id: source.id }
`;

  expect(await findingsOf({ 'a.yaml': specsWith(attributes('source.note'), more) }, schools)).toEqual([]);
});

test.each([
  {
    name: 'a chain that ends too early says which link is missing',
    rule: '{ person: source.user, via: staff-north }',
    told: 'leads from north to hr, and this sync writes to south; add the sync that links people of hr and south [spec/via]',
  },
  {
    name: 'a sync that leads nowhere from here says where it goes',
    rule: '{ person: source.user, via: staff-south }',
    told: 'the sync "staff-south" goes from hr to south, and leads nowhere from north [spec/via]',
  },
  {
    name: 'people are not found by links of courses',
    rule: '{ person: source.user, via: courses }',
    told: 'the sync "courses" links courses, not people; name a sync with entity: person [spec/via]',
  },
  {
    name: 'a misspelt sync has a suggestion',
    rule: '{ person: source.user, via: [staf-north, staff-south] }',
    told: 'there is no Sync "staf-north"; did you mean "staff-north"? [spec/unknown-reference]',
  },
  {
    name: 'a course needs the sync that links it',
    rule: '{ course: source.course }',
    told: '"note" refers to a course and needs "via": the sync that links the courses of both sides [spec/via]',
  },
  {
    name: 'an enrolment knows people only by another sync',
    rule: '{ person: source.user }',
    told: 'refers to a person, and this sync carries enrolments; add "via": the sync that links the people of both sides [spec/via]',
  },
  {
    name: 'a value goes nowhere by way of a sync',
    rule: '{ value: source.user, via: courses }',
    told: '"note" has "via" and refers to nobody; give person or course instead of a value [spec/via]',
  },
  {
    name: 'of an account that another sync has linked only the id is known',
    rule: '{ person: source.user, via: [staff-north, staff-south], as: note }',
    told: '"as" says which attribute of a person\'s account is written; it stands beside "person", without "via" [spec/value]',
  },
  {
    name: 'progress is no id of a course',
    rule: '{ course: source.progress, via: courses }',
    told: 'gives decimal, which is no id of a course [spec/type]',
  },
])('$name', async ({ rule, told }) => {
  const findings = await findingsOf({ 'a.yaml': specsWith(attributes(rule)) }, schools);

  expect(findings.map((finding) => finding.replace(/^a\.yaml:\d+:\d+: /, ''))).toEqual([told]);
});

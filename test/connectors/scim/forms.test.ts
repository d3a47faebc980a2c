import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../../../src/connectors/scim/fields.ts';
import { equals, requestPath } from '../../../src/connectors/scim/filter.ts';
import { shapeOf } from '../../../src/connectors/scim/shape.ts';
import { scimConfig } from '../../../src/connectors/scim/schema.ts';
import { rowMaker, type User } from '../../../src/connectors/scim/user.ts';

const urn = 'urn:example:params:scim:schemas:extension:acme:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const config = scimConfig.parse({
  baseUrl: 'https://scim.example.org/v2',
  extensions: [
    {
      urn,
      attributes: [
        { name: 'floor', type: 'int' },
        { name: 'remote', type: 'bool' },
        { name: 'since', type: 'date' },
      ],
    },
  ],
});
const fields = fieldsOf(config);
const place = (name: string) => {
  const field = fields.get(name);
  if (field === undefined) throw new Error(name);
  return field.place;
};

describe('filters hold what people are called, whatever it is', () => {
  test.each([
    { name: 'userName', value: 'ada"@example.org', filter: 'userName eq "ada\\"@example.org"' },
    {
      name: 'userName',
      value: 'a\\" or userName pr or "',
      filter: 'userName eq "a\\\\\\" or userName pr or \\""',
    },
    { name: 'userName', value: 'a\r\nb', filter: 'userName eq "a\\r\\nb"' },
    { name: 'emails.work', value: 'ada@example.org', filter: 'emails.value eq "ada@example.org"' },
    { name: 'department', value: 'R&D', filter: `${enterprise}:department eq "R&D"` },
    { name: 'manager', value: '42', filter: `${enterprise}:manager.value eq "42"` },
    { name: 'custom.floor', value: 3, filter: `${urn}:floor eq 3` },
    { name: 'name.familyName', value: 'King', filter: 'name.familyName eq "King"' },
    { name: 'status', value: 'inactive', filter: 'active eq false' },
  ])('$name $value', ({ name, value, filter }) => {
    expect(equals(place(name), value)).toBe(filter);
  });

  test('an attribute of a list is asked for with its whole list', () => {
    expect(requestPath(place('addresses.work.locality'))).toBe('addresses');
  });
});

describe('forms in which values come back', () => {
  const shape = shapeOf('SCIM 2.0', fields);
  test.each([
    { name: 'userName', a: 'Ada@Example.org', b: 'ada@example.org', same: true },
    { name: 'emails.work', a: 'Ada@Example.org', b: 'ada@example.org', same: true },
    { name: 'phoneNumbers.work', a: 'tel:+31-30-5550100', b: '+31 30 5550100', same: true },
    { name: 'phoneNumbers.work', a: '+31305550100', b: '+31305550101', same: false },
    { name: 'locale', a: 'nl_NL', b: 'nl-NL', same: true },
    { name: 'preferredLanguage', a: 'de', b: 'de-AT', same: false },
    { name: 'custom.since', a: '2024-02-29T00:00:00Z', b: '2024-02-29', same: true },
    { name: 'displayName', a: 'ada', b: 'Ada', same: false },
    { name: 'externalId', a: 'e-1', b: 'E-1', same: false },
  ])('$name: $a and $b', ({ name, a, b, same }) => {
    const form = shape.canonical(name) ?? ((value: string) => value);
    expect(form(a) === form(b)).toBe(same);
  });
});

function read(name: string, user: User) {
  const field = fields.get(name);
  if (field === undefined) throw new Error(name);
  return rowMaker([field])({ id: '1', ...user });
}

describe('users become rows', () => {
  test.each([
    {
      name: 'names of attributes are compared without case',
      attribute: 'userName',
      user: { USERNAME: 'ada' },
      value: 'ada',
    },
    {
      name: 'so are the URNs of schemas',
      attribute: 'department',
      user: { [enterprise.toUpperCase()]: { Department: 'x' } },
      value: 'x',
    },
    {
      name: 'the mail at work goes before the primary one',
      attribute: 'emails.work',
      user: {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', type: 'Work' },
        ],
      },
      value: 'b',
    },
    {
      name: 'without one at work, the primary mail',
      attribute: 'emails.work',
      user: { emails: [{ value: 'a' }, { value: 'b', primary: true }] },
      value: 'b',
    },
    {
      name: 'a private mail is not the one at work',
      attribute: 'emails.work',
      user: { emails: [{ value: 'a', type: 'home' }] },
      value: undefined,
    },
    {
      name: 'a private telephone is not the one at work',
      attribute: 'phoneNumbers.work',
      user: { phoneNumbers: [{ value: 'a', type: 'home', primary: true }] },
      value: undefined,
    },
    { name: 'empty text is a value', attribute: 'title', user: { title: '' }, value: '' },
    {
      name: 'a number is text where text belongs',
      attribute: 'employeeNumber',
      user: { [enterprise]: { employeeNumber: 1042 } },
      value: '1042',
    },
    {
      name: 'a text is a number where a number belongs',
      attribute: 'custom.floor',
      user: { [urn]: { floor: '3' } },
      value: 3,
    },
    { name: 'who is active has that status', attribute: 'status', user: { active: 'True' }, value: 'active' },
    { name: 'who is not, the other', attribute: 'status', user: { active: false }, value: 'inactive' },
    { name: 'of whom nothing is said, none', attribute: 'status', user: {}, value: undefined },
    {
      name: 'a moment is a day where a date is declared',
      attribute: 'custom.since',
      user: { [urn]: { since: '2024-02-29T22:00:00Z' } },
      value: '2024-02-29',
    },
    {
      name: 'a text is a boolean where one belongs',
      attribute: 'custom.remote',
      user: { [urn]: { remote: 'False' } },
      value: false,
    },
  ])('$name', ({ attribute, user, value }) => {
    const row = read(attribute, user);
    expect(row.values).toEqual([value]);
    expect(row.fault).toBeUndefined();
  });

  test.each([
    { attribute: 'title', user: { title: { value: 'secret title' } } },
    { attribute: 'emails.work', user: { emails: 'secret@example.org' } },
    { attribute: 'name.givenName', user: { name: 'secret name' } },
    { attribute: 'custom.floor', user: { [urn]: { floor: 'secret' } } },
    { attribute: 'status', user: { active: 'secret' } },
  ])('a $attribute of another form is that person’s fault, told without the value', ({ attribute, user }) => {
    const { fault, values } = read(attribute, user);
    expect(values).toEqual([undefined]);
    expect(fault).toContain(attribute);
    expect(fault).not.toContain('secret');
  });

  test.each([
    { active: undefined, usable: true },
    { active: true, usable: true },
    { active: false, usable: false },
    { active: 'False', usable: false },
  ])('active $active', ({ active, usable }) => {
    expect(read('title', active === undefined ? {} : { active }).active).toBe(usable);
  });
});

import { expect, test } from 'vitest';
import { attributesMeant } from '../../src/model/meant-attributes.ts';
import { suggestAttribute } from '../../src/spec/suggestion.ts';
import type { AttributeSpec } from '../../src/model/attribute.ts';

const field = (name: string, label?: string, key?: string): AttributeSpec => ({
  name,
  type: 'text',
  class: 'internal',
  ...(label === undefined ? {} : { label }),
  ...(key === undefined ? {} : { key }),
});
const fields = [
  field('email'),
  field('custom.User_City', 'User_City', 'field_17'),
  field('custom.capacity'),
  field('office.city'),
  field('custom.shirt', 'Größe (T-Shirt)', 'customShirtSize'),
];

test.each([
  ['City', ['custom.User_City', 'office.city', 'custom.capacity']],
  ['user city', ['custom.User_City']],
  ['userCity', ['custom.User_City']],
  ['field 17', ['custom.User_City']],
  ['größe', ['custom.shirt']],
  ['shirt size', ['custom.shirt']],
  ['EMAIL', ['email']],
  ['ci', []],
  ['???', []],
  ['salary', []],
])('"%s" means %j', (word, names) => {
  expect(
    attributesMeant(word, fields)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(names.toSorted());
});

test('the likeliest come first: the same word, what ends with it, what has it, what has its letters', () => {
  const likely = ['city', 'custom.User_City', 'custom.City of birth', 'custom.capacity'];
  const found = attributesMeant(
    'city',
    likely.toReversed().map((name) => field(name)),
  );
  expect(found.map(({ name }) => name)).toEqual(likely);
});

test('a word of the vendor’s pages in a spec leads to the attribute', () => {
  const known = new Map(fields.map((one) => [one.name, one]));
  expect(suggestAttribute('City', known)).toBe('did you mean "custom.User_City"?');
  expect(suggestAttribute('e-mail', known)).toBe('did you mean "email"?');
  expect(suggestAttribute('salary', known)).toMatch(/^one of /);
});

import { expect, test } from 'vitest';
import { parseDuration } from '../../src/spec/duration.ts';
import { suggest } from '../../src/spec/suggestion.ts';

test.each([
  ['15m', 900_000],
  ['1h30m', 5_400_000],
  ['7d', 604_800_000],
  ['1w2d', 777_600_000],
  ['90s', 90_000],
  ['0s', 0],
  ['', undefined],
  ['5', undefined],
  ['m', undefined],
  ['30m1h', undefined],
  ['1.5h', undefined],
  ['-1h', undefined],
  ['5 min', undefined],
  ['1h\n', undefined],
])('%j lasts %j ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  ['acount', ['account', 'config'], 'did you mean "account"?'],
  ['Email', ['email'], 'did you mean "email"?'],
  ['emial', ['email', 'mail'], 'did you mean "email"?'],
  ['zebra', ['account', 'config'], 'one of account, config'],
  ['zebra', ['account'], 'there is only "account"'],
  ['zebra', [], undefined],
  ['zebra', Array.from({ length: 20 }, (_, index) => `attribute${index}`), undefined],
])('for %j among %j the hint is %j', (word, known, hint) => {
  expect(suggest(word, known)).toBe(hint);
});

import { expect, test } from 'vitest';
import { compiled, faultsOf, outcome, type Row } from './environment.ts';

const ada: Row = { first_name: 'Ada', department: 'Sales', email: '', tags: ['a', 'b'] };

test.each<[string, Row, unknown]>([
  ['unique([lower(source.first_name), source.department])', ada, ['ada', 'Sales']],
  ['unique([source.country, source.first_name + "." + source.id, source.first_name])', ada, ['Ada']],
  ['unique([source.country])', ada, 'absent: country'],
  ['unique([source.country, source.status])', ada, 'absent: country, status'],
  ['unique(source.tags.map(t, t + "1"), "counter")', ada, ['a1', 'b1']],
  ['unique(source.first_name == "Ada" ? ["x"] : ["y"])', ada, ['x']],
  ['  unique ( ( ["a, b" , ")"] ) , "counter" ) ', ada, ['a, b', ')']],
  ['unique([text(date("rubbish")), "a"])', ada, 'error'],
])('%s of somebody gives the candidates that there are', (text, row, gives) => {
  const found = outcome(text, row);
  expect(gives === 'error' ? String(found).startsWith('error') : found).toEqual(
    gives === 'error' ? true : gives,
  );
});

test('it is one text, and says whether a number may follow', () => {
  expect(compiled('unique([source.first_name])')).toMatchObject({
    type: 'text',
    reads: ['first_name'],
    class: 'personal',
    candidates: { counter: false },
  });
  expect(compiled('unique([source.id], "counter")').candidates).toEqual({ counter: true });
  expect(compiled('source.id').candidates).toBeUndefined();
});

test.each([
  ['unique()', 'unique takes a list of candidates'],
  ['unique(["a"], "numbers")', 'unique takes a list of candidates'],
  ['unique(["a"], "counter", 2)', 'unique takes a list of candidates'],
  ['unique("a")', 'it gives text, and list<text> is needed here'],
  ['unique([1, 2])', 'it gives list<int>, and list<text> is needed here'],
  ['unique([source.emial])', 'this source has no attribute "emial"'],
  ['upper(unique(["a"]))', 'unique stands only around the whole value'],
  ['unique([unique(["a"])])', 'unique stands only around the whole value'],
])('%s is refused: %s', (text, says) => {
  expect(faultsOf(text)[0]?.message).toContain(says);
});

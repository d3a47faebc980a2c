import { expect, test } from 'vitest';
import { pageIn } from '../../../src/connectors/merge/pages.ts';

const nextIn = (next: string | null) => pageIn({ results: [], next }, 100, (what) => new Error(what)).next;

test.each([
  ['cD0yMDI2', 'cD0yMDI2'],
  ['https://api.merge.dev/api/hris/v1/employees?cursor=cD0yMDI2&page_size=100', 'cD0yMDI2'],
  ['https://', 'https://'],
  [null, undefined],
])('the page behind %s is asked for by its cursor', (next, cursor) => {
  expect(nextIn(next)).toBe(cursor);
});

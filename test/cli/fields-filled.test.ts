import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/connection-fields.ts';
import type { CliContext } from '../../src/cli/context.ts';
import type { AttributeSpec } from '../../src/model/attribute.ts';

const field = (name: string, more: Partial<AttributeSpec> = {}): AttributeSpec => ({
  name,
  type: 'text',
  class: 'internal',
  ...more,
});

test('how many have each is counted without a picture, which is a request for each person, and without a password', async () => {
  const fields = [
    field('email'),
    field('photo', { type: 'picture' }),
    field('password', { writeOnly: true }),
  ];
  const wanted: (readonly string[])[] = [];
  const reader = {
    probe: () => Promise.resolve({ fields, missing: [] }),
    async *read({ attributes }: { readonly attributes: readonly string[] }) {
      wanted.push(attributes);
      yield await Promise.resolve([
        { id: '1', values: ['iduna@example.org'] },
        { id: '2', values: [null] },
      ]);
      return { pages: 1, records: 2, asOf: '2026-11-20T08:00:00Z', end: 'one page' };
    },
    close: () => Promise.resolve(),
  };
  const printed: string[] = [];
  const workspace = {
    connectors: new Map([['portal', { entities: ['person'] }]]),
    loadConnections: () => Promise.resolve(new Map([['hr', { name: 'hr', connector: 'portal' }]])),
    openReader: () => Promise.resolve(reader),
  };
  const context = {
    out: { format: 'json', print: (text: string) => printed.push(text) },
    workspace: () => Promise.resolve(workspace),
    signal: new AbortController().signal,
  } as unknown as CliContext;
  await run({ name: 'hr', entity: 'person', save: false, search: undefined, filled: true }, context);
  expect(wanted).toEqual([['email']]);
  expect(JSON.parse(printed[0] ?? '')).toMatchObject([
    { name: 'email', filled: 0.5 },
    { name: 'photo', filled: null },
    { name: 'password', filled: null },
  ]);
});

import { expect, test } from 'vitest';

import { channelsOf, syncsOf } from '../../src/daemon/concerned.ts';
import type { CompiledChannel } from '../../src/spec/compiled.ts';
import { peopleOps, specsOf, syncNamed } from './invented.ts';

const channel = (name: string, more: Partial<CompiledChannel>): CompiledChannel => ({
  ...peopleOps,
  name,
  ...more,
});

test('a failure of a connection is told once in each place, however many syncs and channels lead there', () => {
  const channels = [
    peopleOps,
    channel('inline-1', { to: ['b@example.com', 'a@example.com'] }),
    channel('inline-2', { to: ['a@example.com', 'b@example.com'] }),
    channel('summaries', { to: ['boss@example.com'], events: ['summary'] }),
    channel('log', { kind: 'log', to: [] }),
  ];
  const specs = {
    ...specsOf('r1', [
      syncNamed('staff', { notify: ['people-ops', 'inline-1', 'log'] }),
      syncNamed('guests', { notify: ['people-ops', 'inline-2', 'summaries'] }),
      syncNamed('back', { from: 'talentlms', to: 'personio', notify: ['log'] }),
      syncNamed('other', { from: 'workday', to: 'scim', notify: ['people-ops'] }),
    ]),
    channels: new Map(channels.map((one) => [one.name, one])),
  };
  expect(syncsOf('personio', specs)).toEqual(['back', 'guests', 'staff']);
  expect(channelsOf('personio', specs).map(({ name }) => name)).toEqual(['log', 'people-ops', 'inline-2']);
  expect(channelsOf('scim', specs).map(({ name }) => name)).toEqual(['people-ops']);
});

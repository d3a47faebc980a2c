import { expect, test } from 'vitest';
import { catalogOf, connectors } from '../../src/connectors/registry.ts';
import { findingsOf } from '../spec/folder.ts';
import { blocksOf } from './shell-lines.ts';

test('the specs of the page on training are sound', async () => {
  const shown = blocksOf('docs/training.md').filter(({ language }) => language === 'yaml');
  const files = { 'shown.yaml': shown.map(({ text }) => text).join('\n---\n') };

  expect(shown.length).toBeGreaterThan(0);
  expect(await findingsOf(files, { catalog: catalogOf(connectors) })).toEqual([]);
});

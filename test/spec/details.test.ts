import { expect, test } from 'vitest';
import { connections, findingsOf } from './folder.ts';

const refreshing = (refresh: string): string =>
  `${connections}apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: x }
spec: { connector: talentlms, details: { refresh: ${refresh} } }
`;

test('details that would be trusted longer than they are kept are refused', async () => {
  expect((await findingsOf({ 'a.yaml': refreshing('31d') })).join('\n')).toContain('must be at most 30d');
  expect((await findingsOf({ 'a.yaml': refreshing('30d') })).join('\n')).not.toContain('30d');
});

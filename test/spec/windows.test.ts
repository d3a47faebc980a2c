import { expect, test } from 'vitest';
import { connections, findingsOf, syncWith } from './folder.ts';

test('a window longer than what is kept of past changes is refused, not cut short in silence', async () => {
  const tooLong = syncWith('  limits: { leave: { window: 31d } }\n');
  const findings = await findingsOf({ 'a.yaml': connections + tooLong });
  expect(findings.join('\n')).toContain('must be at most 30d');
  const month = syncWith('  limits: { leave: { window: 30d } }\n');
  expect((await findingsOf({ 'a.yaml': connections + month })).join('\n')).not.toContain('30d');
});

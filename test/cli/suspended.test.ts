import { expect, test } from 'vitest';
import { openCliBench } from './bench.ts';

test('nobody is changed through a connection that is suspended, and the way out is said', async () => {
  const bench = await openCliBench();
  await bench.edit(
    'specs.yaml',
    '  credentials: { token',
    '  suspend: { reason: audit }\n  credentials: { token',
  );

  const unnamed = await bench.rosterd('apply');
  const named = await bench.rosterd('apply', 'staff');
  const planned = await bench.rosterd('plan');
  const status = await bench.rosterd('status');

  expect(unnamed.code).toBe(0);
  expect(unnamed.stderr).toContain('staff is suspended: audit; left out');
  expect(planned.stderr).toContain('staff is suspended: audit; left out');
  expect(status.stdout).toContain('staff is suspended: audit\n');
  expect(named.code).toBe(1);
  expect(named.stderr).toContain(
    'staff is suspended: audit; take `suspend` out of its spec first [Suspended]',
  );
  expect(bench.scim.size).toBe(0);
});

test('a suspension that has ended holds nobody back', async () => {
  const bench = await openCliBench();
  await bench.edit(
    'specs.yaml',
    '  credentials: { token',
    '  suspend: { reason: audit, until: 2020-01-31 }\n  credentials: { token',
  );

  expect((await bench.rosterd('apply')).code).toBe(0);
  expect(bench.scim.size).toBeGreaterThan(0);
});

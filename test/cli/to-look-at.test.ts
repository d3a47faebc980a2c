import { expect, test } from 'vitest';
import { openCliBench } from './bench.ts';

test('a pass that changes nobody says in status and in its run that a column has come empty', async () => {
  const bench = await openCliBench();
  await bench.rosterd('apply');
  await bench.edit(
    'specs.yaml',
    '    id: employee_number',
    '    id: employee_number\n    nulls: ["", active, leave, left]',
  );

  const { stdout } = await bench.rosterd('apply');
  const status = await bench.rosterd('status');
  const run = await bench.rosterd('runs', '--run', / run (\w+)/.exec(stdout)?.[1] ?? '');

  expect(stdout).toContain('nothing to do; 1 to look at: rosterd plan staff');
  expect(status.stdout).toContain('nothing to do; 1 to look at: rosterd plan staff');
  expect(run.stdout).toContain('Look: "status" of hr fell from 100 % to 0 % of the records');
});

import { expect, test } from 'vitest';
import { openCliBench } from './bench.ts';

test('somebody who misspells a sync is not told that nothing has ever run', async () => {
  const { rosterd } = await openCliBench();
  await rosterd('apply');

  expect((await rosterd('runs', 'stuff')).stdout).toBe('no runs of stuff yet\n');
});

test('whoever misspells a key of a config is told which was meant, and what is missing', async () => {
  const { rosterd, edit } = await openCliBench();
  await edit('specs.yaml', 'file: staff.csv', 'fiel: staff.csv');

  const { code, stdout } = await rosterd('validate');

  expect(code).toBe(1);
  expect(stdout).toContain(`"fiel" is not a key of this connector's config; did you mean "file"?`);
  expect(stdout).toContain('a list lies in one place; name its file, or the one on a server under sftp');
});

test('whoever may not reach a private network is told once what would allow it', async () => {
  const { rosterd, edit } = await openCliBench();
  await edit('rosterd.config.yaml', '  private: [127.0.0.1]\n', '');

  const { code, stderr } = await rosterd('plan');

  expect(code).toBe(4);
  expect(stderr.match(/operator's configuration allows/g)).toHaveLength(1);
  expect(stderr).toContain('network.private [HostRefused]');
});

test('whoever names a data folder that cannot be made is told how to name another', async () => {
  const { rosterd } = await openCliBench();

  const { code, stderr } = await rosterd('apply', '--data', 'staff.csv/data');

  expect(code).toBe(1);
  expect(stderr).toMatch(
    /the data folder \S+staff\.csv\/data cannot be made .*--data \[DataFolderUnwritable\]/,
  );
});

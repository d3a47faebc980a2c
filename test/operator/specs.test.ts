import { expect, test } from 'vitest';
import { resolveEnvironment } from '../../src/operator/environment.ts';
import { connections, findingsOf, folderWith, load, syncWith } from '../spec/folder.ts';

const files = {
  'a.yaml': connections.replace('domain: acme', 'domain: { env: LMS_DOMAIN }') + syncWith(''),
};

test('a variable that the operator lists stands in the config before its connector checks it', async () => {
  const config = { environment: ['LMS_DOMAIN'] };

  const { specs } = await load(await folderWith(files), {
    resolveConfig: (raw) => resolveEnvironment(raw, config, { LMS_DOMAIN: 'acme' }),
  });

  expect(specs.connections.get('lms')?.config).toEqual({ domain: 'acme' });
});

test('a variable that is not set is a finding that names it, at its place', async () => {
  const findings = await findingsOf(files, {
    resolveConfig: (raw) => resolveEnvironment(raw, { environment: ['LMS_DOMAIN'] }, {}),
  });

  expect(findings).toEqual([
    'a.yaml:11:49: the environment variable LMS_DOMAIN is not set [spec/environment]',
  ]);
});

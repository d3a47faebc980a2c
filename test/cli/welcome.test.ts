import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSmtpSink } from '../notify/smtp-sink.ts';
import { openCliBench } from './bench.ts';

test('who is hired after the first load gets one welcome mail, and the plan says so before', async () => {
  const { rosterd, folder, edit } = await openCliBench();
  const smtp = await startSmtpSink();
  onTestFinished(() => smtp.close());
  await appendFile(
    join(folder, 'rosterd.config.yaml'),
    `smtp: { host: ${smtp.host}, port: ${smtp.port}, from: people@example.org, tls: off }\n`,
  );
  await writeFile(
    join(folder, 'welcome.md'),
    '# Welcome, {{ name.givenName }}\n\nYou sign in as {{ userName }}.\n',
  );
  await edit(
    'specs.yaml',
    '  mode: full',
    '  mode: full\n  welcome: { template: welcome.md, since: 2020-01-01, to: userName }',
  );
  expect(await rosterd('apply')).toMatchObject({ code: 0 });
  expect(smtp.mails).toHaveLength(0);

  await appendFile(
    join(folder, 'staff.csv'),
    '2001,Nova,Quist,nova.quist@example.org,Sales,1002,active,2026-01-01,\n',
  );
  const plan = await rosterd('plan');
  expect(plan.stdout).toMatch(/^ {2}\+ create 2001 \(no account matches\), welcome mail$/m);
  expect(await rosterd('apply')).toMatchObject({ code: 0 });
  await rosterd('apply');

  expect(smtp.mails.map(({ to, text }) => ({ to, text: text.trim() }))).toEqual([
    { to: ['nova.quist@example.org'], text: 'You sign in as nova.quist@example.org.' },
  ]);
  expect(smtp.mails[0]?.headers.get('subject')).toBe('Welcome, Nova');
});

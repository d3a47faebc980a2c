import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { inventPeople } from '../people/people.ts';
import { startMerge } from '../vendors/merge/server.ts';
import { openCliBench } from './bench.ts';

const connection = (url: string) => `---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: merged, owner: people-ops }
spec:
  connector: merge
  config:
    baseUrl: '${url}'
    endUser: { originId: acme, organization: Acme Ltd, email: people-ops@example.com }
  credentials: { apiKey: { env: MERGE_API_KEY }, webhookKey: { env: MERGE_WEBHOOK_KEY } }
  subprocessor: { acceptedBy: dpo@example.com, acceptedAt: 2026-11-20T09:12:00Z }
`;

const allowed = `
    - { env: MERGE_API_KEY, hosts: [127.0.0.1] }
    - { env: MERGE_WEBHOOK_KEY, hosts: [rosterd] }`;

/** The first line that a process prints to which the pattern fits. */
async function lineOf(stream: NodeJS.ReadableStream | null, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const part of stream ?? []) {
    text += String(part);
    const line = text.split('\n').find((one) => pattern.test(one));
    if (line !== undefined) return line;
  }
  throw new Error(`nothing like ${String(pattern)} was said: ${text}`);
}

test('an HR system is linked by a page, its token comes by webhook, and every process reads with it', async () => {
  const keys = { apiKey: 'production-key', webhookKey: 'webhook-key' };
  const merge = await startMerge(keys);
  onTestFinished(() => merge.close());
  const bench = await openCliBench();
  await appendFile(join(bench.folder, 'merged.yaml'), connection(merge.url));
  await bench.edit('rosterd.config.yaml', '  allow:', `  allow:${allowed}`);
  const env = { MERGE_API_KEY: keys.apiKey, MERGE_WEBHOOK_KEY: keys.webhookKey };

  const daemon = bench.startWith(env, 'daemon');
  const connecting = bench.startWith(env, 'connection', 'connect', 'merged');
  const [listening, page] = await Promise.all([
    lineOf(daemon.stderr, /listening on http/),
    lineOf(connecting.stdout, /^http/),
  ]);
  const account = merge.finishLink(page, inventPeople({ count: 3, seed: 1 }));
  account.copy();
  const { headers, body } = merge.webhook('LinkedAccount.linked', { account_token: account.accountToken });
  const address = `${/http:\S+/.exec(listening)?.[0] ?? ''}/hooks/merged`;
  // Until the specs are in force nothing is taken.
  let answer = await fetch(address, { method: 'POST', headers, body });
  while (answer.status === 503) {
    await setTimeout(20);
    answer = await fetch(address, { method: 'POST', headers, body });
  }
  expect(answer.status).toBe(200);

  const { stdout } = await bench.rosterdWith(env, 'connection', 'test', 'merged');
  expect(stdout).toContain(`merged: ready, account ${account.id}`);
  expect(stdout).not.toContain(account.accountToken);
});

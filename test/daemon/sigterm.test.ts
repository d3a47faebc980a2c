import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';

import { endOf, openCliBench } from '../cli/bench.ts';
import type { Fault } from '../vendors/loopback.ts';

test('a daemon that is told to end finishes the write under way, records it, and leaves nothing half-done', async () => {
  const { start, rosterd, scim, folder } = await openCliBench();
  const more = Array.from(
    { length: 20 },
    (_, at) => `30${10 + at},New,Hire,new${at}@example.org,Sales,,active,2020-01-01,`,
  );
  await appendFile(join(folder, 'staff.csv'), `${more.join('\n')}\n`);
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const creates = () => scim.loopback.log.filter(({ method }) => method === 'POST').length;
  // The server has made the account, and takes its time to say so.
  const late: Fault = {
    kind: 'write',
    write: (outgoing, { status, body }) => {
      arrived.resolve();
      void answer.promise.then(() =>
        outgoing.writeHead(status, { 'content-type': 'application/scim+json' }).end(JSON.stringify(body)),
      );
    },
  };
  scim.loopback.fail(({ method }) => method === 'POST', late, { times: 25 });
  const daemon = start('daemon');
  const ended = endOf(daemon);
  await arrived.promise;
  daemon.kill('SIGTERM');
  // Long enough for the signal to be heard first.
  setTimeout(() => answer.resolve(), 100);
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain('"result":"stopped"');

  const sent = creates();
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(25);
  const database = new DatabaseSync(join(folder, '.rosterd/rosterd.db'), { readOnly: true });
  const count = (sql: string) => database.prepare(sql).get()?.['n'];
  expect(count("SELECT count(*) AS n FROM intents WHERE outcome = 'applied'")).toBe(sent);
  expect(count('SELECT count(*) AS n FROM intents WHERE open = 1')).toBe(0);
  expect(count('SELECT count(*) AS n FROM links')).toBe(sent);
  database.close();

  const after = await rosterd('apply', 'staff');
  expect(after).toMatchObject({ code: 0 });
  expect(scim.size).toBe(25);
  expect(creates()).toBe(25);
});

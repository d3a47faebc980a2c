import { expect, test, vi } from 'vitest';
import { canary, SecrecyBench } from './bench.ts';
import { secrets } from './specs.ts';

const header = 'id,first,email,ssn,salary,status,start,diagnosis';

/** What HR knows of somebody: only the id and the status may be seen by whoever runs rosterd. */
function line(id: string, more: { email?: string; status?: string; start?: string } = {}): string {
  const { email = `canary-mail-${id}@example.test`, status = 'active', start = '2024-02-29' } = more;
  const [ssn, salary, diagnosis] = ['ssn', 'salary', 'diagnosis'].map((what) => `canary-${what}-${id}`);
  return [id, `canary-first-${id}`, email, ssn, salary, status, start, diagnosis].join(',');
}

test('no secret and no value of a person is found anywhere but in the target', async () => {
  const bench = await SecrecyBench.open();
  const { scim } = bench;
  const sinks = new Map<string, string>();
  const watch = (name: string, { stdout, stderr }: { stdout: string; stderr: string }) =>
    sinks.set(name, `${stdout}\n${stderr}`);

  // One is refused by a server that repeats all it got, one has a date that is none.
  scim.loopback.fail(
    ({ method, text }) => method === 'POST' && text.includes('canary-first-p3'),
    { kind: 'answer', answer: refusal },
    { times: 9 },
  );
  bench.hr([header, line('p1'), line('p2'), line('p3'), line('p4'), line('p5', { start: 'canary-born' })]);
  watch('plan', await bench.command('plan'));
  for (const format of ['json', 'markdown']) watch(format, await bench.command('plan', '--output', format));
  watch('first apply', await bench.command('apply'));
  watch('second apply', await bench.command('apply'));

  expect(scim.size).toBe(3);

  // A rename is held, somebody leaves, somebody who joins has an account by hand.
  scim.add({ schemas: [core], userName: 'canary-mail-p6@example.test' });
  const renamed = line('p1', { email: 'canary-other@example.test' });
  bench.hr([
    header,
    renamed,
    line('p2'),
    line('p3'),
    line('p4', { status: 'left' }),
    line('p5', { start: 'canary-born' }),
    line('p6'),
  ]);
  const daemon = await bench.daemon(async (url) => {
    const get = async (path: string, token: string = secrets.API_TOKEN) =>
      await (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).text();
    await vi.waitFor(
      async () => {
        expect(await get('/api/v1/runs')).toContain('"trigger":"activation"');
        expect(bench.mail.mails.map(({ headers }) => headers.get('subject')).join()).toMatch(/held/);
      },
      { timeout: 50_000, interval: 100 },
    );
    const own = ['/metrics', '/healthz', '/readyz'];
    for (const path of [...own, '/api/v1/status', '/api/v1/runs', '/api/v1/syncs/staff/held']) {
      sinks.set(path, await get(path));
    }
    sinks.set('refused', await get('/api/v1/status', 'canary-wrong'));
  });
  watch('daemon', daemon);

  for (const command of [['runs'], ['status'], ['explain', 'p1'], ['explain', 'p3'], ['approve']]) {
    watch(command.join(' '), await bench.command(...command));
  }
  const run = /\b01[0-9a-z]{24}\b/.exec(sinks.get('runs') ?? '')?.[0] ?? '';
  watch('one run', await bench.command('runs', '--run', run));
  for (const mail of bench.mail.mails) sinks.set(`mail ${mail.headers.get('subject')}`, mail.raw);
  for (const { name, bytes } of bench.files()) {
    sinks.set(`file ${name}`, `${name} ${bytes.toString('latin1')}`);
    sinks.set(`file ${name} as UTF-16`, bytes.toString('utf16le'));
  }

  const found = [...sinks].filter(([, text]) => text.includes(canary) || text.includes(secrets.SEALING_KEY));
  expect(found.map(([name, text]) => `${name}: ${around(text)}`)).toEqual([]);
  // The sinks were not empty, and the search finds what is there.
  for (const name of [
    'plan',
    'json',
    'first apply',
    'daemon',
    '/metrics',
    '/api/v1/runs',
    'one run',
    'explain p3',
  ]) {
    expect(sinks.get(name)?.length ?? 0, name).toBeGreaterThan(20);
  }
  expect(sinks.get('/api/v1/syncs/staff/held')).toContain('"personId":"p1"');
  expect(sinks.get('explain p3')).toContain('p3');
  expect(sinks.get('file rosterd.db')).toContain('p3');
  expect(sinks.get('first apply')).toMatch(/1 create .*: rejected/);
  // Not even the target gets what no mapping names.
  expect(JSON.stringify([...scim.users()])).toContain('canary-ssn-p1');
  expect(JSON.stringify([...scim.users()])).not.toMatch(/salary|diagnosis/);
});

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';

const refusal = {
  status: 400,
  headers: { 'content-type': 'application/scim+json' },
  body: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '400',
    scimType: 'invalidValue',
    detail: `canary-first-p3 with canary-ssn-p3 is refused for ${secrets.SCIM_TOKEN}`,
  },
};

function around(text: string): string {
  const at = text.indexOf(canary);
  return text.slice(Math.max(0, at - 100), at + 60);
}

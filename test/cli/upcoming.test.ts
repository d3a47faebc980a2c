import { expect, test } from 'vitest';
import { openCliBench } from './bench.ts';

/** `YYYY-MM-DD` in Berlin, so many days from now. */
const berlin = (days: number) =>
  Temporal.Now.zonedDateTimeISO('Europe/Berlin').toPlainDate().add({ days }).toString();

/** The moment (UTC) at which that day begins in Berlin. */
const begins = (day: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime('Europe/Berlin').toInstant().toString();

test('somebody who plans ahead is told what dates will bring to whom, in the person’s zone and in UTC', async () => {
  const { rosterd, edit, scim } = await openCliBench();
  const [lastDay, over, start] = [berlin(3), berlin(4), berlin(20)];
  await edit(
    'staff.csv',
    "1003,Mirjam,O'Dell,mirjam.odell@example.org,Sales,1002,active,2021-02-15,",
    `1003,Mirjam,O'Dell,mirjam.odell@example.org,Sales,1002,active,2021-02-15,${lastDay}`,
  );
  await edit('staff.csv', 'active,2022-07-01,', `active,${start},`);
  expect((await rosterd('apply')).code).toBe(0);
  const written = scim.loopback.writes().length;

  const [text, json, markdown, far] = await Promise.all([
    rosterd('upcoming'),
    rosterd('upcoming', '--days', '31', '--sync', 'staff', '--output', 'json'),
    rosterd('upcoming', '--output', 'markdown'),
    rosterd('upcoming', '--days', '2'),
  ]);
  expect([text.code, json.code, markdown.code, far.code]).toEqual([0, 0, 0, 0]);
  const at = begins(over);
  expect(text.stdout).toMatch(
    new RegExp(`^  ${over} 00:00 Europe/Berlin +${at} +disable +1003 .*last day was ${lastDay}`, 'm'),
  );
  expect(text.stdout).toContain('1 in the next 14 days');
  const { syncs } = JSON.parse(json.stdout) as { syncs: { upcoming: object[] }[] };
  expect(syncs[0]?.upcoming).toMatchObject([
    { personId: '1003', kind: 'disable', at, local: `${over} 00:00`, zone: 'Europe/Berlin' },
    { personId: '1004', accountId: null, kind: 'create', at: begins(start), local: `${start} 00:00` },
  ]);
  expect(markdown.stdout).toContain(`| ${over} 00:00 Europe/Berlin | ${at} | disable | 1003 |`);
  expect(far.stdout).toContain('no date brings anything in the next 2 days');
  for (const { stdout } of [text, json, markdown]) expect(stdout).not.toMatch(/Mirjam|O'Dell|example\.org/);
  expect(scim.loopback.writes()).toHaveLength(written);

  const status = await rosterd('status');
  expect(status.stdout).toContain(
    `staff: a date brings something at ${at.replace('Z', '.000Z')}; what: rosterd upcoming`,
  );
});

test('who asks for days that nobody looks ahead is told how many there are, and who names no sync which there are', async () => {
  const { rosterd } = await openCliBench();
  const [days, sync] = await Promise.all([
    rosterd('upcoming', '--days', '90'),
    rosterd('upcoming', '--sync', 'stuff'),
  ]);
  expect(days).toMatchObject({ code: 1, stdout: '' });
  expect(days.stderr).toContain('--days 90: write a whole number from 1 to 31');
  expect(sync.code).toBe(1);
  expect(sync.stderr).toContain('the specs have: staff');
});

test('who asks for one person gets a pass over that person alone', async () => {
  const { rosterd, edit, scim } = await openCliBench();
  expect((await rosterd('apply')).code).toBe(0);
  await edit('staff.csv', '1002,Odd,', '1002,Odd Einar,');
  await edit('staff.csv', '1003,Mirjam,', '1003,Miriam,');
  const plan = await rosterd('plan', '--person', '1002');
  expect(plan.stdout).toMatch(/~ .*1002/);
  expect(plan.stdout).not.toMatch(/1003/);
  const before = scim.loopback.writes().length;
  expect((await rosterd('apply', 'staff', '--person', '1002', '--person', '4711')).code).toBe(0);
  expect(scim.loopback.writes()).toHaveLength(before + 1);
  const runs = await rosterd('runs', '--output', 'json');
  expect(runs.stdout).toContain('"notFound": 1');
  const nobody = await rosterd('plan', '--person', '4711');
  expect(nobody.stderr).toContain('staff: not in the source: 4711');
});

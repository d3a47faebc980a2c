import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PersonRecord } from '../../src/model/run.ts';
import type { ScimServer } from '../vendors/scim/server.ts';
import { openCliBench } from './bench.ts';

/** What people type into an HR system, one fault in each line; everybody is invented. */
const rows: readonly (readonly [id: string, line: string, told: string | undefined])[] = [
  ['2001', '2001,Ada,Nyx,ada.nyx@example.org,Sales,,active,tomorrow,', 'start (personal) is no date'],
  ['2002', '2002,Bo,Nyx,bo.nyx@example.org,Sales,,active,2026-02-30,', 'start (personal) is no date'],
  [
    '2003',
    '2003,Cy,Nyx,cy.nyx@example.org,Sales,,sabbatical,2026-01-01,',
    'status: status (internal) has a value',
  ],
  [
    '2004',
    `2004,${'D'.repeat(10_001)},Nyx,d.nyx@example.org,Sales,,active,2026-01-01,`,
    'a text is too long',
  ],
  [
    '2005',
    '2005,Eva,Nyx,eva.nyx@example.org,Sales,,active,2026-01-01,',
    'the source has this id more than once',
  ],
  [
    '2006',
    '2006,Flo,Nyx,flo@example.org,Sales,,active,2026-01-01,',
    '"userName": another person of this plan',
  ],
  [
    '2007',
    '2007,Flo,Nyx,FLO@Example.org,Sales,,active,2026-01-01,',
    '"userName": another person of this plan',
  ],
  // Odd, and nobody's error: carried over as it is.
  ['2008', '2008,"Gil ""the kid""",Nyx,"""gil nyx""@example.org",Sales,,active,2026-01-01,', undefined],
  ['00042', '00042,Hal,Nyx,hal.nyx@example.org,Sales,,active,2026-01-01,', undefined],
  ['42', '42,Ida,Nyx,ida.nyx@example.org,Sales,,active,2026-01-01,', undefined],
  ['2009', '2009,יעל,כהן,yael.cohen@example.org,Sales,,active,2026-01-01,', undefined],
  ['2010', '2010,1984,Nyx,orwell@example.org,Sales,,active,2026-01-01,', undefined],
];

const accountsOf = (scim: ScimServer) =>
  [...scim.users().values()].map((user) => (user as { externalId?: string }).externalId);

test('every kind of rubbish is its person’s error, named and listed, and nobody else misses anything', async () => {
  const { rosterd, folder, scim } = await openCliBench();
  const nameless = ',Nobody,Nyx,nobody@example.org,Sales,,active,2026-01-01,';
  const double = '2005,Eve,Nyx,eve.nyx@example.org,Sales,,active,2026-01-01,';
  const lines = [...rows.map(([, line]) => line), double, nameless];
  await appendFile(join(folder, 'staff.csv'), `${lines.join('\n')}\n`);

  const applied = await rosterd('apply', '--output', 'json');

  expect(applied.code).toBe(5);
  const { outcomes } = JSON.parse(applied.stdout) as { outcomes: { run: { id: string } }[] };
  const run = await rosterd('runs', '--run', outcomes[0]?.run.id ?? '', '--output', 'json');
  const listed = (JSON.parse(run.stdout) as { people: PersonRecord[] }).people;
  for (const [id, line, told] of rows) {
    const reasons = listed.filter(({ personId }) => personId === id).map(({ reason }) => reason);
    if (told === undefined) {
      expect(accountsOf(scim)).toContain(id);
      continue;
    }
    expect(reasons.join()).toContain(told);
    // What is wrong is said, and what was typed is not.
    expect(reasons.join()).not.toMatch(/nyx|tomorrow|sabbatical|DDD/i);
    expect(accountsOf(scim), line).not.toContain(id);
  }
  expect(listed.map(({ reason }) => reason)).toContain('1 record of the source has no id');
  expect(scim.size).toBe(5 + rows.filter(([, , told]) => told === undefined).length);

  const again = await rosterd('apply', '--output', 'json');
  const { outcomes: second } = JSON.parse(again.stdout) as {
    outcomes: { summary: { changes: unknown[] } }[];
  };
  expect([again.code, second[0]?.summary.changes]).toEqual([5, []]);
});

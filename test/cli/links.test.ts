import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { run as adopt } from '../../src/cli/commands/links-adopt.ts';
import { run as exportLinks } from '../../src/cli/commands/links-export.ts';
import { run as list } from '../../src/cli/commands/links-list.ts';
import { run as release } from '../../src/cli/commands/links-release.ts';
import { run as transfer } from '../../src/cli/commands/links-transfer.ts';
import type { Workspace } from '../../src/compose/workspace.ts';
import type { LinkRecord } from '../../src/model/link.ts';
import type { Decision, LinkDecisions } from '../../src/spec/compiled.ts';
import type { Store } from '../../src/store/store.ts';
import { specsOf } from '../daemon/invented.ts';
import { FakeClock } from '../fake-clock.ts';
import { link } from '../plan/people.ts';
import { sync } from '../plan/specs.ts';
import { countingRandom } from '../store/fixtures.ts';
import { openCliBench } from './bench.ts';

/** What commands about links can ask for: specs, and what the store remembers. They are given no way to change it. */
interface Desk {
  readonly context: CliContext;
  readonly printed: string[];
  readonly said: string[];
  readonly folder: string;
}

interface Known {
  readonly links?: readonly LinkRecord[];
  readonly source?: string | null;
  readonly decided?: Partial<LinkDecisions>;
  readonly format?: 'text' | 'json';
}

async function openDesk({ links = [], source = 'hr', decided, format = 'text' }: Known): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-links-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const nothing = { same: new Map(), never: new Map(), release: new Map(), transfers: [] };
  const specs = specsOf('r1', [sync()], {
    links: decided === undefined ? new Map() : new Map([['staff', { ...nothing, ...decided }]]),
  });
  const active = links.filter(({ state }) => state === 'active');
  const store: Pick<Store, 'links' | 'owners' | 'syncState'> = {
    links: async (name) => links.filter((one) => one.sync === name),
    owners: async () =>
      new Map(active.map((one) => [one.accountId, { sync: one.sync, personId: one.personId }])),
    syncState: async () => ({ source }) as Awaited<ReturnType<Store['syncState']>>,
  };
  const workspace = {
    config: { specs: { kind: 'folder', folder } },
    loadSpecs: async () => ({ specs, warnings: [], folder }),
    store: async () => store,
  } as unknown as Workspace;
  const printed: string[] = [];
  const said: string[] = [];
  const out = {
    format,
    colour: false,
    print: (text: string) => void printed.push(text),
    say: (text: string) => void said.push(text.trim()),
    progress: () => undefined,
  };
  const context: CliContext = {
    out,
    global: { output: format, show: 'internal' },
    workspace: async () => workspace,
    env: {},
    cwd: folder,
    signal: new AbortController().signal,
    clock: new FakeClock(Date.UTC(2026, 10, 22)),
    random: countingRandom(),
  };
  return { context, printed, said, folder };
}

function decision(person: string, account: string): Decision {
  return {
    person,
    account,
    reason: 'agreed',
    by: undefined,
    place: { file: 'links/staff.yaml', line: 7, column: 7 },
  };
}

const by = { by: 'eve@example.com', save: false };

describe('adopt says whom it touches', () => {
  test.each([
    { name: 'nobody else', links: [], says: ['account acc-x becomes that of person ada'] },
    {
      name: 'the account that the person has had',
      links: [link('ada')],
      says: [
        'account acc-x becomes that of person ada',
        "account acc-ada, theirs until now, stays as it is and is nobody's",
      ],
    },
    {
      name: 'the person who has the account',
      links: [link('bob', { accountId: 'acc-x' })],
      says: [
        'account acc-x becomes that of person ada',
        'account acc-x is taken from person bob, for whom another is looked for, or made',
      ],
    },
    {
      name: 'who had the account until they left',
      links: [link('bob', { accountId: 'acc-x', state: 'tombstone', ended: 'left' })],
      says: [
        'account acc-x becomes that of person ada',
        'account acc-x was that of person bob until it was given up: it is not disabled or deleted for them any more',
      ],
    },
    {
      name: 'an account of another sync, which stays out of reach',
      links: [link('bob', { accountId: 'acc-x', sync: 'interns' })],
      says: [
        'account acc-x becomes that of person ada',
        'account acc-x belongs to person bob of sync interns: it stays out of reach until that sync releases it',
      ],
    },
    {
      name: 'nothing, where it is so already',
      links: [link('ada', { accountId: 'acc-x' })],
      says: ['account acc-x is linked to person ada already'],
    },
  ])('$name', async ({ links, says }) => {
    const { context, said, printed } = await openDesk({ links });
    await adopt({ person: 'ada', account: 'acc-x', ...by }, context);
    expect(said).toEqual([...says, 'nothing is written: --save puts this document into the specs']);
    expect(printed.join('')).toContain('  same:\n    - person: ada\n      account: acc-x\n');
  });

  test('and refuses what a document says otherwise, with its place', async () => {
    const { context } = await openDesk({ decided: { same: new Map([['ada', decision('ada', 'acc-1')]]) } });
    await expect(adopt({ person: 'ada', account: 'acc-x', ...by }, context)).rejects.toThrow(
      'links/staff.yaml:7 decides about person ada and account acc-1 of sync staff already',
    );
    await expect(adopt({ person: 'bob', account: 'acc-1', ...by }, context)).rejects.toThrow(
      'decides about person ada',
    );
  });

  test('and keeps ids that look like numbers as text', async () => {
    const { context, printed } = await openDesk({});
    await adopt({ person: '4711', account: '017', ...by }, context);
    expect(printed.join('')).toContain('- person: "4711"\n      account: "017"\n');
  });
});

test('a document that cannot be saved says where, and what else can be done', async () => {
  const { context, folder } = await openDesk({ links: [link('ada')] });
  await writeFile(join(folder, 'in-the-way'), 'no folder');
  await expect(
    release({ person: 'ada', reason: 'by hand', ...by, save: true, dir: 'in-the-way' }, context),
  ).rejects.toThrow(
    /in-the-way\/staff-release-[0-9a-f]{8}\.yaml cannot be written \(E[A-Z]+\): make its folder writable or name another with --dir$/,
  );
});

test('release names the account that is given up, and writes the document once', async () => {
  const { context, said, printed } = await openDesk({ links: [link('ada')] });
  await release({ person: 'ada', by: 'eve@example.com', reason: 'by hand', save: true }, context);
  expect(said[0]).toBe(
    "account acc-ada stays as it is and is nobody's; nothing is done for person ada any more, also when they leave",
  );
  const text = await readFile(printed[0] ?? '', 'utf8');
  expect(text).toContain('release:\n    - person: ada\n      account: acc-ada\n      reason: by hand\n');
  await expect(
    release({ person: 'ada', by: 'eve@example.com', reason: 'by hand', save: true }, context),
  ).rejects.toThrow('is there already and says the same');
  await expect(release({ person: 'bob', ...by }, context)).rejects.toThrow(
    'sync staff has no link of a person "bob"',
  );
});

describe('transfer', () => {
  const theirs = [
    link('ada', { sync: 'old' }),
    link('bob', { sync: 'old', state: 'tombstone', ended: 'left' }),
    link('eve', { sync: 'old', accountId: 'acc-2' }),
  ];
  const between = { from: 'old', to: 'staff', ...by };

  test('counts what is handed over, and names who stays', async () => {
    const { context, said, printed } = await openDesk({ links: [...theirs, link('eve')] });
    await transfer(between, context);
    expect(said.slice(0, 2)).toEqual([
      '2 of 3 links of old become links of staff (2 active, 1 of people who have left)',
      'person eve has account acc-eve in staff: their link to acc-2 stays with old',
    ]);
    expect(printed.join('')).toContain('transfer:\n    from: old\n');
  });

  test.each([
    ['a sync that is in the specs', { ...between, from: 'staff' }, 'hr', 'sync staff is in the specs'],
    ['a sync that has nothing here', { ...between, from: 'gone' }, 'hr', 'no sync "gone" has links into lms'],
    ['people of another system', between, 'crm', 'read connection "crm", and staff reads "hr"'],
  ])('refuses %s', async (_, options, source, message) => {
    const { context } = await openDesk({ links: theirs, source });
    await expect(transfer(options, context)).rejects.toThrow(message);
  });
});

test('list tells since when and by which document; export leaves out what documents say', async () => {
  const linkedAt = Date.UTC(2026, 0, 5);
  const links = [
    link('ada', { linkedAt }),
    link('bob'),
    link('eve', { state: 'tombstone', ended: 'left', endedAt: linkedAt }),
  ];
  const decided = { same: new Map([['ada', decision('ada', 'acc-ada')]]) };
  const { context, printed, said } = await openDesk({ links, decided, format: 'json' });
  await list({ sync: 'staff' }, context);
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({
    links: [
      { personId: 'ada', since: '2026-01-05T00:00:00.000Z', document: 'links/staff.yaml:7' },
      { personId: 'bob', since: null, document: null },
      { personId: 'eve', state: 'tombstone', ended: 'left', since: '2026-01-05T00:00:00.000Z' },
    ],
  });
  await exportLinks({ sync: undefined, save: false }, context);
  expect(said).toEqual(['1 links of staff; 1 more are in documents already']);
  expect(printed[1]).toContain('- person: bob\n      account: acc-bob\n');
});

test('a document that adopt has saved is shown by the next plan', async () => {
  const { rosterd, scim } = await openCliBench();
  const account = scim.add({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'somebody-else',
  });
  const saved = await rosterd('links', 'adopt', '1001', account, '--reason', 'two accounts', '--save');
  expect(saved.stdout.trim()).toMatch(/links\/staff-adopt-[0-9a-f]{8}\.yaml$/);
  const plan = await rosterd('plan');
  expect(plan.stdout).toMatch(
    new RegExp(`^ {2}\\* link 1001, account ${account} \\(links/.*: two accounts\\)$`, 'm'),
  );
});

import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { repository, shellLinesOf, type ShellLine } from './shell-lines.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** A folder of its own, and what lies in it like a checkout after `npm ci`. */
export interface Checkout {
  /** The checkout itself; its parent is ours too. */
  readonly folder: string;
  readonly bin: string;
  readonly remove: () => Promise<void>;
}

export async function makeCheckout(): Promise<Checkout> {
  const ours = await mkdtemp(join(tmpdir(), 'rosterd-docs-'));
  const folder = join(ours, 'rosterd');
  await cp(join(repository, 'specs'), join(folder, 'specs'), {
    recursive: true,
    filter: (from) => !from.endsWith('.rosterd'),
  });
  for (const name of ['package.json', 'node_modules', 'src', 'test', 'schemas']) {
    await symlink(join(repository, name), join(folder, name));
  }
  return { folder, bin: join(ours, 'bin'), remove: () => rm(ours, { recursive: true, force: true }) };
}

interface Story {
  readonly folder: string;
  readonly bin: string;
  readonly env?: Readonly<Record<string, string>>;
  /** False: each command in a process of its own. */
  readonly here?: boolean;
  /** Lines that are not run: the reason of each is the caller's to know. */
  readonly skip: (line: ShellLine) => boolean;
  /** Called before the first line that finds something held. */
  readonly beforeHold?: (terminal: Terminal) => Promise<void>;
}

/** What goes on until it is ended: the line as it must be started here, what it says when it is ready, and its address. */
const goesOn: readonly { readonly line: RegExp; readonly ready: RegExp; readonly shown: string }[] = [
  {
    line: /scim\/start\.ts --port \d+/,
    ready: /SCIM server at http:\/\/([\d.:]+)\//,
    shown: '127.0.0.1:8444',
  },
  {
    line: /^npx rosterd daemon$/,
    ready: /^(?=[^]*revision in force)[^]*listening on http:\/\/([\d.:]+)/,
    shown: '127.0.0.1:8080',
  },
];

/** Does what a page says, line by line, in one terminal, and expects each line to end as the page says. */
export async function play(page: string, story: Story): Promise<void> {
  const terminal = await openTerminal(story.folder, story.bin, {
    ...(story.env === undefined ? {} : { settings: story.env }),
    here: story.here ?? true,
  });
  const addresses = new Map<string, string>();
  let held = false;
  try {
    for (const line of shellLinesOf(page).filter((one) => !story.skip(one))) {
      let text = line.text.replace(/--port \d+/, '--port 0');
      for (const [shown, real] of addresses) text = text.replaceAll(shown, real);
      if (line.exits === 3 && !held) {
        await story.beforeHold?.(terminal);
        held = true;
      }
      text = await fillIn(text, terminal);
      const kept = goesOn.find((one) => one.line.test(line.text));
      if (kept === undefined) {
        await runOne(text, line, terminal);
      } else {
        const ready = await terminal.keepRunning(text, kept.ready);
        addresses.set(kept.shown, ready[1] ?? '');
      }
    }
  } finally {
    await terminal.close();
  }
}

async function runOne(text: string, { page, line, exits }: ShellLine, terminal: Terminal): Promise<void> {
  const url = /^curl -fsS (\S+)$/.exec(text)?.[1];
  if (url !== undefined) {
    expect((await fetch(url)).status, `${page}:${line}: ${text}`).toBe(200);
    return;
  }
  const { code, all } = await terminal.run(text);
  expect(code, `${page}:${line}: ${text}\n${all}`).toBe(exits);
}

/** DIGEST and RUN stand for what the reader sees in the output before. */
async function fillIn(text: string, terminal: Terminal): Promise<string> {
  const specs = /--specs \S+/.exec(text)?.[0] ?? '';
  let filled = text;
  if (filled.includes('DIGEST')) {
    const { stdout } = await terminal.run(`npx rosterd status --output json ${specs}`);
    const { syncs } = JSON.parse(stdout) as { syncs: { lastRun: { summary: { heldDigest: string } } }[] };
    filled = filled.replace('DIGEST', syncs[0]?.lastRun.summary.heldDigest.slice(0, 8) ?? '');
  }
  if (filled.includes('--run RUN')) {
    const { stdout } = await terminal.run(`npx rosterd runs --output json ${specs}`);
    filled = filled.replace('RUN', (JSON.parse(stdout) as { id: string }[])[0]?.id ?? '');
  }
  return filled;
}

/** Copies the example with the CSV file to `folder`, with one more person; its daemon listens on any free port. */
export async function copyExample(folder: string): Promise<void> {
  const example = join(repository, 'specs/examples/csv-to-scim');
  await cp(example, folder, { recursive: true, filter: (from) => !from.endsWith('.rosterd') });
  await writeFile(join(folder, 'rosterd.config.yaml'), 'listen: 127.0.0.1:0\n', { flag: 'a' });
  const joiner = '1009,Priya,Ramanathan,priya.ramanathan@example.org,Support,1004,active,2026-10-01,\n';
  await writeFile(join(folder, 'staff.csv'), joiner, { flag: 'a' });
}

/** Six logins at once, which is one more than the limit allows. */
export async function moveEverybodyToAnotherDomain(folder: string): Promise<void> {
  const file = join(folder, 'staff.csv');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('@example.org', '@example.com'));
}

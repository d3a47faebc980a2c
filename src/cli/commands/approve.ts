import path from 'node:path';
import { stringify } from 'yaml';
import { isoInstant } from '../../model/effects.ts';
import { Stalled } from '../../model/error.ts';
import { describeChange } from '../../plan/describe.ts';
import { parseDuration } from '../../spec/duration.ts';
import type { CompiledSync } from '../../spec/compiled.ts';
import type { StoredHeld } from '../../store/store.ts';
import { approvalOf } from '../approval-of.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { folderInSpecs, gitEmail, writeNew } from '../specs-folder.ts';

interface Options {
  readonly digest: string;
  readonly by?: string;
  readonly reason?: string;
  readonly expires: string;
  readonly dir?: string;
}

/** Writes the Approval of one held set into the specs. It releases nothing until it is committed and seen. */
export async function run(options: Options, context: CliContext): Promise<ExitCode> {
  const { out, cwd } = context;
  const { digest, held } = await findHeld(options.digest, context);
  refuseUseless(held, await approvalOf(held.set.sync, await context.workspace()));
  const by = await approver(options.by, cwd);
  const file = path.join(
    await folderInSpecs('approvals', options.dir, context),
    `${held.set.sync}-${digest.slice(0, 12)}.yaml`,
  );
  const message = `${file} is there already; commit it, or remove it to write it anew where it has expired or does not name ${digest}`;
  const text = approvalText(digest, held, by, options, context);
  await writeNew(file, text, () => new Stalled('AlreadyApproved', message));
  for (const { change, attribute } of held.set.items.slice(0, 20)) {
    out.say(`  ${describeChange(change)}${attribute === undefined ? '' : `: ${attribute}`}`);
  }
  if (held.set.items.length > 20) out.say(`  … and ${held.set.items.length - 20} more`);
  if (held.state === 'superseded') {
    out.say(
      'something else is held now (rosterd status); this releases only what is still planned as it was',
    );
  }
  out.say(`${held.set.items.length} held by ${held.set.sync}; commit this file and they are released, once:`);
  out.print(file);
  return Exit.settled;
}

/** The set that is meant: its digest, or enough of its beginning. */
async function findHeld(
  text: string,
  { workspace }: CliContext,
): Promise<{ digest: string; held: StoredHeld }> {
  const opened = await workspace();
  const store = await opened.store();
  if (!/^[0-9a-f]{8,64}$/.test(text)) throw unknown(text);
  const exact = await store.heldByDigest(text);
  if (exact !== undefined) return { digest: text, held: exact };
  const { specs } = await opened.loadSpecs();
  for (const name of specs.syncs.keys()) {
    const held = await store.held(name);
    if (held?.set.digest.startsWith(text) === true) return { digest: held.set.digest, held };
  }
  throw unknown(text);
}

/** An approval that would release nothing is not written: it would only be believed in. */
function refuseUseless({ set, state }: StoredHeld, asks: CompiledSync['approval']): void {
  if (asks === 'never') {
    throw new Stalled(
      'NoApprovalReleases',
      `sync ${set.sync} says \`approval: never\`, so no approval releases what it holds; let it ask with \`approval: on-breach\`, or correct the cause`,
    );
  }
  if (state === 'used') {
    throw new Stalled(
      'UsedUp',
      `what ${set.sync} held under this digest was approved and dealt with; rosterd status names what is held now`,
    );
  }
  const invariant = set.items.find(({ reason }) => reason === 'Invariant');
  if (invariant === undefined) return;
  throw new Stalled(
    'NoApprovalReleases',
    `no approval releases this: ${invariant.message}; correct the cause, or \`minimumActive\` in the sync`,
  );
}

function unknown(text: string): Stalled {
  return new Stalled(
    'NothingHeld',
    `nothing is held under "${text}" in this store: rosterd status and rosterd runs name what is; it takes at least 8 characters of a digest`,
  );
}

async function approver(by: string | undefined, cwd: string): Promise<string> {
  const who = by ?? (await gitEmail(cwd));
  if (who !== undefined) return who;
  throw new Stalled('WhoApproves', 'say who approves: --by you@example.com');
}

function approvalText(
  digest: string,
  { set }: StoredHeld,
  by: string,
  options: Options,
  { clock }: CliContext,
): string {
  const lastsMs = parseDuration(options.expires);
  if (lastsMs === undefined) {
    throw new Stalled('BadOption', `--expires takes a duration such as 3d or 12h, not "${options.expires}"`);
  }
  const document = {
    apiVersion: 'rosterd.dev/v1',
    kind: 'Approval',
    metadata: { name: `${set.sync}-${digest.slice(0, 12)}`.slice(0, 63) },
    spec: {
      sync: set.sync,
      digest,
      by,
      expires: isoInstant(clock.now() + lastsMs),
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    },
  };
  return `# Releases ${set.items.length} held changes of ${set.sync}, once.\n${stringify(document)}`;
}

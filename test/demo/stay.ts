import { setTimeout as pause } from 'node:timers/promises';
import { relative } from 'node:path';
import { messageOf } from '../../src/model/error.ts';
import { passLine } from './scene.ts';
import { credentials, edits, specsFile, syncName } from './specs.ts';
import type { Stage } from './stage.ts';

const lookMs = 500;

/** Tells where to look, then what happens as it happens, until somebody ends it. True unless the daemon died. */
export async function stay(stage: Stage): Promise<boolean> {
  const { daemon, signal, say } = stage;
  say(guide(stage));
  const over = AbortSignal.any([signal, daemon.gone]);
  const told = { runs: new Set<string>(), mails: 0, refusal: '' };
  while (!over.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await tellNews(stage, told).catch(() => undefined);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await pause(lookMs, undefined, { signal: over }).catch(() => undefined);
  }
  if (!signal.aborted) say(messageOf(daemon.gone.reason));
  return signal.aborted;
}

/** What a person can do now. */
function guide({ folder, daemon, systems }: Stage): string {
  const { people, personio, talentlms } = systems;
  const config = `--config ${here(folder.config)}`;
  return `
Personio (${personio.url}) has ${people.length} invented people; TalentLMS (${talentlms.url}) is empty.
The daemon (process ${daemon.pid}) follows the branch main of ${here(folder.repository)} and begins by itself.

Look:
  npx rosterd status ${config}
  npx rosterd runs ${syncName} ${config}
  npx rosterd explain 17 ${config}
  curl ${daemon.url}/metrics
  curl -H 'X-API-Key: ${credentials.apiKey}' -H 'X-API-Version: 2025-01-01' -H 'Accept: application/json' ${talentlms.url}/api/v2/users
  ${here(folder.root)}: the configuration, the store and daemon.log

Change something, in the clone ${here(folder.clone)}:
  1. edit ${specsFile}, for example
       ${edits.title.before}
     to
       ${edits.title.after}
  2. npx rosterd plan --specs ${here(folder.clone)} ${config}
  3. git -C ${here(folder.clone)} commit -am "Another title" && git -C ${here(folder.clone)} push

What is held is released by: npx rosterd approve DIGEST --dir ${here(folder.clone)}/approvals --by you@example.com ${config}
and by a commit of the file that it writes. A pass at once: npx rosterd sync ${syncName} ${config}

Ctrl-C ends everything; ${here(folder.root)} stays until the next demo. What happens now:
`;
}

function here(path: string): string {
  return relative(process.cwd(), path) || '.';
}

/** Passes, mails and refused revisions that are new. */
async function tellNews(
  stage: Stage,
  told: { readonly runs: Set<string>; mails: number; refusal: string },
): Promise<void> {
  const { systems, daemon, say } = stage;
  for (const run of await stage.runs()) {
    if (told.runs.has(run.id)) continue;
    told.runs.add(run.id);
    say(`${new Date(run.startedAt).toISOString().slice(11, 19)} ${passLine(run)}`);
  }
  const { mails } = systems.mail;
  for (const { headers } of mails.slice(told.mails)) say(`         ✉ ${headers.get('subject') ?? ''}`);
  told.mails = mails.length;
  const { conditions } = await daemon.client.status();
  const stalled = conditions.find(({ type, status }) => type === 'Stalled' && status)?.message ?? '';
  if (stalled !== told.refusal && stalled !== '') say(`         ✗ ${stalled}`);
  told.refusal = stalled;
}

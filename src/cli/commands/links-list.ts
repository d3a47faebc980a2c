import { isoInstant } from '../../model/effects.ts';
import type { LinkRecord } from '../../model/link.ts';
import type { LinkDecisions } from '../../spec/compiled.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { linksOf } from '../links-of.ts';
import { table } from '../output.ts';
import { printable } from '../render/mask.ts';

interface Options {
  readonly sync: string | undefined;
}

/** Who has which account, since when, and by which document. */
export async function run({ sync: name }: Options, context: CliContext): Promise<ExitCode> {
  const { out } = context;
  const { sync, links, decisions } = await linksOf(name, context);
  const listed = links.map((link) => entry(link, decisions));
  if (out.format === 'json') {
    out.print(JSON.stringify({ sync: sync.name, links: listed }, null, 2));
    return Exit.settled;
  }
  const rows = listed.map(({ personId, accountId, state, ended, since, document }) => [
    printable(personId),
    printable(accountId),
    ended === null ? state : `${state} (${ended})`,
    since ?? '',
    document ?? '',
  ]);
  out.print(
    rows.length === 0
      ? `${sync.name} has no links yet`
      : table([['PERSON', 'ACCOUNT', 'STATE', 'SINCE', 'BY'], ...rows]),
  );
  return Exit.settled;
}

function entry(link: LinkRecord, decisions: LinkDecisions | undefined) {
  const { personId, accountId, state, ended, endedAt, linkedAt } = link;
  const at = state === 'active' ? linkedAt : (endedAt ?? undefined);
  const decision = decisions?.same.get(personId);
  const by = decision?.account === accountId ? decision.place : undefined;
  return {
    personId,
    accountId,
    state,
    ended: ended ?? null,
    /** Linked since, or given up since; `null` where that was not kept. */
    since: at === undefined ? null : isoInstant(at),
    document: by === undefined ? null : `${by.file}:${by.line}`,
  };
}

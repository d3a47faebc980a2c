import { isoInstant } from '../../model/effects.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { linksOf } from '../links-of.ts';
import { linksText, saved, type WrittenPair } from '../links-document.ts';

interface Options {
  readonly sync: string | undefined;
  readonly save: boolean;
  readonly dir?: string;
}

/** A file of specs may have 1 MB; so many pairs stay well below. */
const pairsInOne = 5_000;

/** Writes down every link as `same`, so that who is who survives the store. What documents say already is left out. */
export async function run(options: Options, context: CliContext): Promise<ExitCode> {
  const { out, clock } = context;
  const { sync, links, decisions } = await linksOf(options.sync, context);
  const active = links.filter(({ state }) => state === 'active');
  const open = active.filter(({ personId }) => decisions?.same.has(personId) !== true);
  const reason = `linked on ${isoInstant(clock.now()).slice(0, 10)}`;
  const pairs = open.map(({ personId, accountId }): WrittenPair => ({
    person: personId,
    account: accountId,
    reason,
  }));
  out.say(
    `${pairs.length} links of ${sync.name}; ${active.length - open.length} more are in documents already`,
  );
  const day = isoInstant(clock.now()).slice(0, 10);
  for (let start = 0; start < pairs.length; start += pairsInOne) {
    const name = `${sync.name.slice(0, 40)}-${day}-${start / pairsInOne + 1}`;
    const text = linksText(name, { sync: sync.name, same: pairs.slice(start, start + pairsInOne) });
    if (options.save) out.print(await saved(name, text, options.dir, context));
    else out.print(start === 0 ? text : `---\n${text}`);
  }
  return Exit.settled;
}

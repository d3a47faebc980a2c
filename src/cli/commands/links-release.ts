import { Stalled } from '../../model/error.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { linksOf } from '../links-of.ts';
import { deliver, signed, type LinksOptions } from '../links-document.ts';

interface Options extends LinksOptions {
  readonly person: string;
  readonly sync?: string;
}

/** Writes down that this person's account is given up. */
export async function run(options: Options, context: CliContext): Promise<ExitCode> {
  const { person } = options;
  const { sync, links, decisions } = await linksOf(options.sync, context);
  const link = links.find(({ personId }) => personId === person);
  if (link === undefined) {
    throw new Stalled(
      'NoSuchLink',
      `sync ${sync.name} has no link of a person "${person}"; ids are those of the source: rosterd links list ${sync.name}`,
    );
  }
  const { accountId: account } = link;
  const said = decisions?.same.get(person) ?? decisions?.release.get(person);
  if (said !== undefined) {
    throw new Stalled(
      'AlreadyDecided',
      `${said.place.file}:${said.place.line} decides about person ${person} and account ${said.account} already; change or remove that first`,
    );
  }
  const release = [{ person, account, ...(await signed(options, context)) }];
  const text = `account ${account} stays as it is and is nobody's; nothing is done for person ${person} any more, also when they leave`;
  const consequence = { kind: 'release', personId: person, accountId: account, text } as const;
  await deliver('release', { sync: sync.name, release }, [consequence], options, context);
  return Exit.settled;
}

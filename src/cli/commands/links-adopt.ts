import { Stalled } from '../../model/error.ts';
import type { Decision } from '../../spec/compiled.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { linksOf, type LinksOf } from '../links-of.ts';
import { deliver, signed, type Consequence, type LinksOptions } from '../links-document.ts';

interface Options extends LinksOptions {
  readonly person: string;
  readonly account: string;
  readonly sync?: string;
}

/** Writes down that an account is this person's, and says whom that touches. */
export async function run(options: Options, context: CliContext): Promise<ExitCode> {
  const { person, account } = options;
  const known = await linksOf(options.sync, context);
  refuseContradiction(person, account, known);
  const same = [{ person, account, ...(await signed(options, context)) }];
  const consequences = consequencesOf(person, account, known);
  await deliver('adopt', { sync: known.sync.name, same }, consequences, options, context);
  return Exit.settled;
}

function refuseContradiction(person: string, account: string, { decisions, sync }: LinksOf): void {
  const others = [...(decisions?.same.values() ?? [])].filter(
    (one) => one.person === person || one.account === account,
  );
  const pairs = [...(decisions?.never.get(person) ?? []), decisions?.release.get(person)].filter(
    (one): one is Decision => one?.account === account,
  );
  const [other] = [...others, ...pairs];
  if (other === undefined) return;
  const { file, line } = other.place;
  throw new Stalled(
    'AlreadyDecided',
    `${file}:${line} decides about person ${other.person} and account ${other.account} of sync ${sync.name} already; change or remove that first`,
  );
}

function consequencesOf(person: string, account: string, known: LinksOf): readonly Consequence[] {
  const { links, owners, sync } = known;
  const own = links.find(({ personId }) => personId === person);
  const owner = owners.get(account);
  const ids = { personId: person, accountId: account };
  if (own?.accountId === account && own.state === 'active') {
    return [{ kind: 'stay', ...ids, text: `account ${account} is linked to person ${person} already` }];
  }
  const found: Consequence[] = [
    { kind: 'link', ...ids, text: `account ${account} becomes that of person ${person}` },
  ];
  if (own?.state === 'active') {
    const text = `account ${own.accountId}, theirs until now, stays as it is and is nobody's`;
    found.push({ kind: 'move', personId: person, accountId: own.accountId, text });
  }
  if (owner?.sync === sync.name && owner.personId !== person) {
    const text = `account ${account} is taken from person ${owner.personId}, for whom another is looked for, or made`;
    found.push({ kind: 'take', personId: owner.personId, accountId: account, text });
  } else if (owner !== undefined && owner.sync !== sync.name) {
    const text = `account ${account} belongs to person ${owner.personId} of sync ${owner.sync}: it stays out of reach until that sync releases it`;
    found.push({ kind: 'obstacle', personId: owner.personId, accountId: account, text });
  }
  for (const { personId } of formerOwners(person, account, known)) {
    const text = `account ${account} was that of person ${personId} until it was given up: it is not disabled or deleted for them any more`;
    found.push({ kind: 'take', personId, accountId: account, text });
  }
  return found;
}

function formerOwners(person: string, account: string, { links, owners }: LinksOf): LinksOf['links'] {
  if (owners.has(account)) return [];
  return links.filter(({ accountId, personId }) => accountId === account && personId !== person);
}

import { listOf } from '../../model/entity.ts';
import { Stalled } from '../../model/error.ts';
import type { LinkRecord } from '../../model/link.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { linksOf, type LinksOf } from '../links-of.ts';
import { deliver, signed, type Consequence, type LinksOptions } from '../links-document.ts';

interface Options extends LinksOptions {
  readonly from: string;
  readonly to: string;
}

/** Writes down that a sync takes over the links of one that is gone or has another name now. */
export async function run(options: Options, context: CliContext): Promise<ExitCode> {
  const { from, to } = options;
  const known = await linksOf(to, context);
  const theirs = await handedOver(from, known);
  const consequences = consequencesOf(from, theirs, known);
  const transfer = { from, ...(await signed(options, context)) };
  await deliver('transfer', { sync: known.sync.name, transfer }, consequences, options, context);
  return Exit.settled;
}

/** Refuses what no pass would carry out. */
async function handedOver(from: string, { sync, specs, store }: LinksOf): Promise<readonly LinkRecord[]> {
  if (specs.syncs.has(from)) {
    throw new Stalled(
      'SyncIsThere',
      `sync ${from} is in the specs and keeps its links; remove it, or give it its new name, first`,
    );
  }
  const target = listOf(sync.to, sync.entity);
  const links = (await store.links(from)).filter((link) => link.target === target);
  if (links.length === 0)
    throw new Stalled('NoSuchLink', `no sync "${from}" has links into ${sync.to} in this store`);
  const { source } = await store.syncState(from);
  if (source === sync.from) return links;
  throw new Stalled(
    'SourceChanged',
    `sync ${from} read connection "${source ?? 'that is not known'}", and ${sync.name} reads "${sync.from}": ids of people mean other people there`,
  );
}

function consequencesOf(
  from: string,
  theirs: readonly LinkRecord[],
  { links, sync }: LinksOf,
): readonly Consequence[] {
  const own = new Map(links.map((link) => [link.personId, link]));
  const staying = theirs.filter(({ personId, state }) => {
    const here = own.get(personId);
    return here !== undefined && (here.state === 'active' || state === 'tombstone');
  });
  const active = theirs.filter(({ state }) => state === 'active').length;
  const moved = theirs.length - staying.length;
  const text = `${moved} of ${theirs.length} links of ${from} become links of ${sync.name} (${active} active, ${theirs.length - active} of people who have left)`;
  return [
    { kind: 'transfer', personId: null, accountId: null, text },
    ...staying.map(({ personId, accountId }): Consequence => {
      const why = `person ${personId} has account ${own.get(personId)?.accountId ?? ''} in ${sync.name}: their link to ${accountId} stays with ${from}`;
      return { kind: 'stay', personId, accountId, text: why };
    }),
  ];
}

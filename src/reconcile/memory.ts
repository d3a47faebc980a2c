import { listOf } from '../model/entity.ts';
import type { KnownFormerValue } from '../model/former-value.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { StandIn } from '../model/stand-in.ts';
import type { Memory } from '../plan/input.ts';
import { passedOn } from '../plan/passed-on.ts';
import { sharedOwners, shareLinks } from '../plan/pair-links.ts';
import type { Pair } from '../spec/compiled.ts';
import type { Escrow } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import { handOversOf } from './transfers.ts';
import { viaLinks } from './via.ts';

/** What the store remembers, as one pass needs it. */
export interface PassMemory extends Memory {
  readonly links: ReadonlyMap<string, LinkRecord>;
  /** Changes that wait after a refusal. */
  readonly escrow: readonly Escrow[];
  /** Accounts linked to this sync now, with those that documents hand over to it. */
  readonly population: number;
  /** True when the sync has links, but none in this target: it was pointed at another system, and begins anew there. */
  readonly moved: boolean;
}

export async function recall(deps: PassDeps): Promise<PassMemory> {
  const { store, sync } = deps;
  const list = listOf(sync.to, sync.entity);
  const [records, owners, escrow, via, handOvers, former] = await Promise.all([
    store.links(sync.name),
    store.owners(list),
    store.escrow(sync.name),
    viaLinks({ store, sync }),
    handOversOf(deps),
    formerValuesOf(deps),
  ]);
  // Ids of another system say nothing here, even where they look the same.
  const here = records.filter(({ target }) => target === list);
  const own = new Map(here.map((link) => [link.personId, link]));
  const moved = here.length === 0 && records.length > 0;
  const shared =
    sync.pair === undefined ? { links: own, owners } : await shareWith(sync.pair, own, owners, deps);
  let population = 0;
  const handed = handOvers.flatMap(({ links }) => links);
  for (const { state } of [...shared.links.values(), ...handed]) if (state === 'active') population += 1;
  const standIns = sync.rivals === undefined ? undefined : Map.groupBy(await store.standIns(list), accountOf);
  return {
    ...shared,
    ...(standIns === undefined ? {} : { standIns }),
    escrow,
    population,
    moved,
    ...(via === undefined ? {} : { via }),
    ...(handOvers.length === 0 ? {} : { handOvers }),
    ...(former.length === 0 ? {} : { former }),
  };
}

function accountOf({ accountId }: StandIn): string {
  return accountId;
}

/** Asked for only where people are matched by what is passed on. */
async function formerValuesOf({ store, sync, clock }: PassDeps): Promise<readonly KnownFormerValue[]> {
  const { quarantineMs = 0 } = sync;
  if (quarantineMs === 0 || passedOn(sync.match).length === 0) return [];
  return await store.formerValues(listOf(sync.to, sync.entity), clock.now() - quarantineMs);
}

/** What both syncs of a pair know together. Nothing is written: each keeps its own rows. */
async function shareWith(
  { partner }: Pair,
  own: ReadonlyMap<string, LinkRecord>,
  owners: ReadonlyMap<string, Owner>,
  { store, sync, source }: PassDeps,
): Promise<Pick<Memory, 'links' | 'owners' | 'partner'>> {
  const ours = listOf(sync.from, sync.entity);
  const target = listOf(sync.to, sync.entity);
  const [records, open, state] = await Promise.all([
    store.links(partner),
    store.openIntents(ours),
    store.syncState(sync.name),
  ]);
  const their = records.filter((link) => link.target === ours);
  const { links, theirs } = shareLinks(sync, target, own, their);
  const { shape } = source.reader;
  return {
    links,
    owners: sharedOwners(sync.name, owners, links),
    partner: {
      links: theirs,
      lastLook: state.lookedAt,
      unsettled: open.some((one) => one.sync === partner && one.intent.kind === 'create'),
      canonical: (attribute) => shape.canonical(attribute),
    },
  };
}

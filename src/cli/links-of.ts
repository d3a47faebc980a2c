import { listOf } from '../model/entity.ts';
import { Stalled } from '../model/error.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { CompiledSpecs, CompiledSync, LinkDecisions } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';
import { chooseSyncs } from './choose.ts';
import type { CliContext } from './context.ts';

/** What commands about links look at: nothing of it asks a system. */
export interface LinksOf {
  readonly sync: CompiledSync;
  readonly specs: CompiledSpecs;
  readonly store: Store;
  /** In this target, tombstones included, in order of person. */
  readonly links: readonly LinkRecord[];
  readonly owners: ReadonlyMap<string, Owner>;
  readonly decisions: LinkDecisions | undefined;
}

/** The sync of this name, or the only one there is. */
export async function linksOf(name: string | undefined, context: CliContext): Promise<LinksOf> {
  const opened = await context.workspace();
  const { specs } = await opened.loadSpecs();
  const sync = syncNamed(name, specs, context);
  const store = await opened.store();
  const target = listOf(sync.to, sync.entity);
  const links = (await store.links(sync.name)).filter((link) => link.target === target);
  const owners = await store.owners(target);
  return { sync, specs, store, links, owners, decisions: specs.links.get(sync.name) };
}

function syncNamed(name: string | undefined, specs: CompiledSpecs, { clock }: CliContext): CompiledSync {
  const all = [...specs.syncs.values()];
  const [only] = name === undefined ? all : chooseSyncs(specs, [name], clock.now());
  if (only !== undefined && (name !== undefined || all.length === 1)) return only;
  throw new Stalled(
    'WhichSync',
    `say which sync is meant: --sync ${all.map((one) => one.name).join(' or --sync ') || 'NAME'}`,
  );
}

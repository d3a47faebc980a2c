import type { Change } from '../model/change.ts';
import { listOf } from '../model/entity.ts';
import type { LinkRecord, PackedHashes } from '../model/link.ts';
import type { CountedChange, Intent } from '../model/order.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import { appliedHash } from '../plan/pair-echo.ts';
import { appliedHashes } from '../plan/memory.ts';
import { straysAfter } from '../plan/strays.ts';
import type { Lease } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import { linkAfter } from './links.ts';

/** How many adoptions without a write share one commit. */
const batchSize = 500;

/** The links as they stand in the middle of an apply. */
export class LinkLedger {
  /** As they stood before, and again for people who get several changes: the others' are not asked for any more. */
  readonly #before: ReadonlyMap<string, LinkRecord>;
  readonly #taken = new Map<string, LinkRecord>();
  readonly #accounts = new Map<string, string | undefined>();
  readonly #several: ReadonlySet<string>;
  readonly #deps: PassDeps;
  readonly #lease: Lease;
  readonly #hash: KeyedHash;
  #adopted: LinkRecord[] = [];
  #counts: CountedChange[] = [];

  constructor(
    links: ReadonlyMap<string, LinkRecord>,
    changes: readonly Change[],
    deps: PassDeps,
    lease: Lease,
  ) {
    this.#before = links;
    this.#several = severalOf(changes);
    this.#deps = deps;
    this.#lease = lease;
    this.#hash = appliedHash({ ...deps, shape: deps.target.reader.shape });
  }

  accountOf(personId: string): string | undefined {
    if (this.#accounts.has(personId)) return this.#accounts.get(personId);
    const link = this.#before.get(personId);
    return link?.state === 'active' ? link.accountId : undefined;
  }

  /** The hashes that the person's link has once the change is applied. */
  applied(change: Change): PackedHashes {
    const link = this.#linkOf(change.personId);
    // Of another account of theirs nothing is true of this one.
    const another = change.kind === 'create' || ![null, link?.accountId].includes(change.accountId);
    const previous = another ? '' : (link?.applied ?? '');
    return appliedHashes(change, previous, this.#hash, (personId) => this.accountOf(personId));
  }

  /** See `LinkRecord.strays`: as they stand once the change is applied. */
  strays(change: Change): Pick<Intent, 'strays'> {
    const strays = straysAfter(change, this.#linkOf(change.personId), this.#deps.sync.digest);
    return strays === undefined ? {} : { strays };
  }

  /** The link once an order is known to be done. Saved by the caller, with the outcome. */
  after(intent: Intent, accountId: string, outcome: 'applied' | 'delivered'): LinkRecord {
    if (outcome === 'applied') return this.#take(intent, accountId);
    // Whoever applies what was delivered takes their time: that the target differs until then proves nothing.
    const { strays: _, ...rest } = intent;
    return this.#take(rest, accountId);
  }

  /** Links an account that needs no write. True when it is time to flush. */
  adopt(change: Change, accountId: string, counts: readonly CountedChange[]): boolean {
    const { personId, situation } = change;
    const writtenAt = this.#linkOf(personId)?.writtenAt ?? null;
    const mapping = this.#deps.sync.digest;
    const taken = change.takesFrom === undefined ? {} : { takesFrom: change.takesFrom };
    const link = this.#take(
      { kind: 'update', personId, situation, applied: this.applied(change), mapping, ...taken },
      accountId,
    );
    this.#adopted.push({ ...link, writtenAt });
    this.#counts.push(...counts);
    return this.#adopted.length >= batchSize;
  }

  async flush(): Promise<void> {
    if (this.#adopted.length === 0) return;
    const { store, sync, clock } = this.#deps;
    const [links, counts] = [this.#adopted, this.#counts];
    this.#adopted = [];
    this.#counts = [];
    // Counted first: after a crash in between they are counted twice, never not at all.
    await store.recordCounts(sync.name, listOf(sync.to, sync.entity), counts, clock.now(), this.#lease);
    await store.saveLinks(links, this.#lease);
  }

  #take(intent: Parameters<typeof linkAfter>[0], accountId: string): LinkRecord {
    const { sync, clock } = this.#deps;
    const where = { sync: sync.name, target: listOf(sync.to, sync.entity), now: clock.now() };
    const link = linkAfter(intent, accountId, this.#linkOf(intent.personId), where);
    this.#accounts.set(link.personId, link.state === 'active' ? link.accountId : undefined);
    if (this.#several.has(link.personId)) this.#taken.set(link.personId, link);
    return link;
  }

  #linkOf(personId: string): LinkRecord | undefined {
    return this.#taken.get(personId) ?? this.#before.get(personId);
  }
}

/** People who get more than one change: an adoption and then enabling, a create and then its references. */
function severalOf(changes: readonly Change[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(changes.map(({ personId }) => personId).filter((id) => seen.size === seen.add(id).size));
}

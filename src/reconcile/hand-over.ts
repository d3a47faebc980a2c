import { listOf } from '../model/entity.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { StandIn } from '../model/stand-in.ts';
import type { Lease } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import type { Look } from './look.ts';

/**
 * Keeps what precedence has decided, once everybody was read: accounts whose person is gone here go on with the people who
 * waited for them, and those who wait here are told to the others. The link of the one ends in the same step in which the
 * other's begins, so that an account has one owner at every moment, and nothing is written to the target.
 *
 * Only where this pass may write: a dry run gives nothing away and waits for nothing.
 */
export async function handOver(
  { plan, judgement, memory, only }: Look,
  links: Map<string, LinkRecord>,
  lease: Lease,
  { store, sync, clock, killSwitch }: PassDeps,
): Promise<void> {
  if (sync.rivals === undefined || sync.mode === 'observe' || killSwitch || only !== undefined) return;
  const target = listOf(sync.to, sync.entity);
  await store.saveStandIns(sync.name, target, plan.standIns ?? [], lease);
  await keepWaiting(plan.standIns ?? [], memory.owners, target, lease, { store, sync });
  if (judgement.stopped !== undefined) return;
  const given = plan.memory.flatMap((update) => {
    const link = update.kind === 'handed-over' ? links.get(update.personId) : undefined;
    return link === undefined || update.kind !== 'handed-over' ? [] : [{ link, to: update.to }];
  });
  if (given.length === 0) return;
  const ended = given.map(({ link }): LinkRecord => ({ ...link, state: 'tombstone', ended: 'handedOver' }));
  await store.saveLinks([...ended, ...given.map(({ link, to }) => begun(link, to, clock.now()))], lease);
  for (const link of ended) links.set(link.personId, link);
}

/**
 * Whose account is taken over waits for it from then on, as of the last time that their sync looked at everybody: should it
 * be let go here before that sync looks again, it goes back to them.
 */
async function keepWaiting(
  standIns: readonly StandIn[],
  owners: ReadonlyMap<string, Owner>,
  target: string,
  lease: Lease,
  { store, sync }: Pick<PassDeps, 'store' | 'sync'>,
): Promise<void> {
  const losing = standIns.flatMap(({ accountId }) => {
    const owner = owners.get(accountId);
    const rank = owner === undefined ? undefined : sync.rivals?.get(owner.sync);
    const isOurs = rank !== undefined && sync.precedence !== undefined && sync.precedence < rank;
    return owner === undefined || !isOurs ? [] : [{ ...owner, accountId, starts: null }];
  });
  const looked = new Map<string, number | null>();
  for (const { sync: name } of losing)
    if (!looked.has(name)) looked.set(name, (await store.syncState(name)).lookedAt);
  const waiting = losing.flatMap((one) => {
    const seenAt = looked.get(one.sync) ?? null;
    return seenAt === null ? [] : [{ ...one, seenAt }];
  });
  if (waiting.length > 0) await store.addStandIns(target, waiting, lease);
}

/** The other's link as it begins: it knows nothing of the account yet, but whose it was. */
function begun(
  { target, accountId, sync }: LinkRecord,
  { sync: heir, personId }: StandIn,
  now: number,
): LinkRecord {
  return {
    sync: heir,
    target,
    personId,
    accountId,
    state: 'active',
    endedAt: null,
    absentReads: 0,
    absentSince: null,
    missingReads: 0,
    writtenAt: now,
    mapping: '',
    applied: '',
    takenFrom: sync,
    linkedAt: now,
  };
}

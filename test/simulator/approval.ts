import type { World } from './world.ts';

const monthMs = 30 * 24 * 3_600_000;
/** Older ones are taken out of Git again. */
const keptApprovals = 4;

/** Commits a yes to all that is held for this sync now. Yields the people whom it is about, one for each held item. */
export async function approveHeld(world: World, sync: string): Promise<readonly string[]> {
  const { store, time, approvals } = world;
  const held = await store.held(sync);
  if (held === undefined || held.state !== 'open') return [];
  const { digest, items } = held.set;
  if (!approvals.some((one) => one.digest === digest && one.sync === sync)) {
    const expires = new Date(time.now() + monthMs).toISOString();
    const place = { file: 'approvals.yaml', line: 1, column: 1 };
    approvals.push({ name: digest, sync, digest, by: 'ops', expires, reason: undefined, place });
    world.approved += 1;
    const own = approvals.filter((one) => one.sync === sync);
    const [oldest] = own;
    if (oldest !== undefined && own.length > keptApprovals) approvals.splice(approvals.indexOf(oldest), 1);
  }
  return items.map(({ change }) => change.personId);
}

import type { World } from './world.ts';

const monthMs = 30 * 24 * 3_600_000;

/** Commits a yes to all that is held for this sync now. Yields the people whom it is about, one for each held item. */
export async function approveHeld(
  { store, time, approvals }: World,
  sync: string,
): Promise<readonly string[]> {
  const held = await store.held(sync);
  if (held === undefined || held.state !== 'open') return [];
  const { digest, items } = held.set;
  if (!approvals.some((one) => one.digest === digest && one.sync === sync)) {
    const expires = new Date(time.now() + monthMs).toISOString();
    const place = { file: 'approvals.yaml', line: 1, column: 1 };
    approvals.push({ name: digest, sync, digest, by: 'ops', expires, reason: undefined, place });
  }
  return items.map(({ change }) => change.personId);
}

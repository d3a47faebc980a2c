import type { CompiledApproval } from '../../src/spec/compiled.ts';
import type { World } from './world.ts';

const dayMs = 24 * 3_600_000;
/** For so long an approval counts. */
const approvalMs = 30 * dayMs;
/** Older ones are taken out of Git again. */
const keptApprovals = 4;

/** Commits a yes to all that is held for this sync now. Yields the people whom it is about, one for each held item. */
export async function approveHeld(world: World, sync: string): Promise<readonly string[]> {
  const held = await world.store.held(sync);
  if (held === undefined || held.state !== 'open') return [];
  const { digest, items } = held.set;
  if (add(world, sync, digest, world.time.now() + approvalMs)) world.approved += 1;
  return items.map(({ change }) => change.personId);
}

/** A yes that must release nothing: it has run out, or its digest is of nothing that this sync holds. Says which. */
export async function approveWrongly(world: World, sync: string, how: WrongYes): Promise<string> {
  const held = await world.store.held(sync);
  if (held === undefined) return 'nothing is held';
  const { digest } = held.set;
  const { time } = world;
  if (how === 'expired') add(world, sync, digest, time.now() - 1_000);
  if (how === 'for another sync') add(world, 'nobody', digest, time.now() + approvalMs);
  if (how === 'of another digest') add(world, sync, another(digest), time.now() + approvalMs);
  return `an approval for ${sync} is ${how}`;
}

export type WrongYes = 'expired' | 'for another sync' | 'of another digest';

/** A digest of the same shape that nobody holds. */
function another(digest: string): string {
  return `${digest.startsWith('0') ? '1' : '0'}${digest.slice(1)}`;
}

/** False where it is in Git already. */
function add({ approvals }: World, sync: string, digest: string, until: number): boolean {
  const expires = new Date(until).toISOString();
  const known = approvals.findIndex((one) => one.digest === digest && one.sync === sync);
  if (approvals[known]?.expires !== undefined && Date.parse(approvals[known].expires) >= until) return false;
  const place = { file: 'approvals.yaml', line: 1, column: 1 };
  const approval: CompiledApproval = {
    name: digest,
    sync,
    digest,
    by: 'ops',
    expires,
    reason: undefined,
    place,
  };
  if (known >= 0) approvals.splice(known, 1);
  approvals.push(approval);
  const own = approvals.filter((one) => one.sync === sync);
  const [oldest] = own;
  if (oldest !== undefined && own.length > keptApprovals) approvals.splice(approvals.indexOf(oldest), 1);
  return true;
}

import { listOf } from '../model/entity.ts';
import type { Intent } from '../model/order.ts';
import type { Lease } from '../store/store.ts';
import type { Done } from './applied.ts';
import type { PassDeps } from './deps.ts';
import type { Look } from './look.ts';

/**
 * Puts away the creates that were not found and need not be looked for any more: another was sent, or nobody asks for an
 * account. The others stay open. One that arrives later may be no more than begun, and by its looks somebody else's: as
 * long as it is open, the next pass knows it for ours and completes it. A partial pass knows of its own people alone.
 */
export async function closeAwaited(
  awaited: readonly Intent[],
  { plan, only }: Pick<Look, 'plan' | 'only'>,
  done: readonly Done[],
  { store, sync, clock }: PassDeps,
  lease: Lease,
): Promise<void> {
  if (awaited.length === 0) return;
  const creates = plan.changes.filter(({ kind }) => kind === 'create').map(({ personId }) => personId);
  const foreign = plan.verdicts.filter(({ situation }) => situation === 'foreign');
  const open = new Set<string | null>([...creates, ...foreign.map(({ personId }) => personId)]);
  for (const { change, outcome } of done) {
    if (change.kind === 'create' && outcome !== 'not-sent') open.delete(change.personId);
  }
  const over = awaited.filter(({ personId }) => !open.has(personId) && (only?.has(personId) ?? true));
  const common = {
    outcome: 'not-sent',
    at: clock.now(),
    sync: sync.name,
    target: listOf(sync.to, sync.entity),
    counts: [],
  } as const;
  if (over.length === 0) return;
  await store.settle(
    over.map(({ key }) => ({ key, ...common })),
    lease,
  );
}

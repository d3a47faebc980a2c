import type { Clock } from '../../../src/model/effects.ts';
import type { OpenIntent, Settlement, Store } from '../../../src/store/store.ts';
import type { Escrows } from './escrows.ts';
import type { Leases } from './leases.ts';
import { keyOf, type Links } from './links.ts';
import type { Windows } from './windows.ts';

type Row = OpenIntent & { readonly target: string };

/** Intents before they are sent, and what became of them. */
export function intents(
  clock: Clock,
  leases: Leases,
  links: Links,
  windows: Windows,
  escrows: Escrows,
  { queueMail }: Pick<Store, 'queueMail'>,
) {
  const open = new Map<string, Row>();
  const queries: Pick<Store, 'recordIntents' | 'settle' | 'openIntents'> = {
    async recordIntents(run, sync, target, recorded, lease) {
      leases.fence(lease);
      const recordedAt = clock.now();
      for (const intent of recorded)
        open.set(intent.key, { run, sync, target, intent, recordedAt, outcome: null });
    },
    async settle(settlements, lease) {
      leases.fence(lease);
      const latest = [...new Map(settlements.map((one) => [one.key, one])).values()];
      const refused = links.save(latest.flatMap(({ link }) => link ?? []));
      for (const settlement of latest) settle(settlement);
      for (const { mail, link } of latest) {
        if (mail !== undefined && (link === undefined || !refused.has(keyOf(link)))) await queueMail(mail);
      }
      return latest.flatMap(({ key, link }) => {
        const owner = link === undefined ? undefined : refused.get(keyOf(link));
        return owner === undefined ? [] : [{ key, owner }];
      });
    },
    async openIntents(target) {
      return [...open.values()]
        .filter((row) => row.target === target)
        .toSorted((a, b) => a.recordedAt - b.recordedAt || (a.intent.key < b.intent.key ? -1 : 1))
        .map(({ run, sync, intent, recordedAt, outcome }) => ({ run, sync, intent, recordedAt, outcome }));
    },
  };

  function settle({ key, outcome, mayArrive, at, sync, target, counts, escrow }: Settlement): void {
    if (escrow !== undefined) escrows.save(sync, escrow);
    const row = open.get(key);
    if (outcome !== 'unknown' && mayArrive !== true) open.delete(key);
    else if (row !== undefined) open.set(key, { ...row, outcome: outcome === 'unknown' ? outcome : null });
    if (outcome === 'rejected' || outcome === 'not-sent') windows.forget(key);
    windows.add(key, sync, target, counts, at);
  }

  return { ...queries, forgetBefore: () => undefined };
}

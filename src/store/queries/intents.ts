import { sql } from 'kysely';
import type { LinkRecord, Owner } from '../../model/link.ts';
import type { Intent } from '../../model/order.ts';
import type { RefusedLink, Settlement, Store } from '../store.ts';
import type { Ground, Transact } from '../tables.ts';
import { inBatches, lastByKey } from './batches.ts';
import { writeEscrow } from './escrow.ts';
import { fence } from './leases.ts';
import { personKey } from './link-claims.ts';
import { writeLinks } from './links.ts';
import { writeMail } from './mails.ts';
import { forgetCounts, writeCounts } from './windows.ts';

/** Intents before they are sent, and what became of them. */
export function intentQueries(ground: Ground): Pick<Store, 'recordIntents' | 'settle' | 'openIntents'> {
  const { db, sealer, clock } = ground;
  return {
    async recordIntents(run, sync, target, intents, lease) {
      const recordedAt = clock.now();
      const sorted = intents.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        await inBatches(sorted, (batch) =>
          transact
            .insertInto('intents')
            .values(
              batch.map((intent) => ({
                key: intent.key,
                run,
                sync,
                target,
                recorded_at: recordedAt,
                open: 1,
                outcome: null,
                settled_at: null,
                sealed: sealer.seal(['intents', intent.key], intent),
              })),
            )
            .execute(),
        );
      });
    },
    async settle(settlements, lease) {
      return await db.transaction().execute(async (transact) => {
        await fence(transact, lease);
        const latest = lastByKey(settlements, (settlement) => settlement.key);
        await writeOutcomes(transact, latest);
        const { refused } = await writeLinks(transact, latest.flatMap(linkOf));
        await writeCounts(transact, latest);
        await writeEscrow(transact, latest);
        for (const { mail, link } of latest) {
          // Nobody is welcomed to an account that is another's.
          const isRefused = link !== undefined && refused.has(personKey(link));
          if (mail !== undefined && !isRefused) await writeMail(transact, sealer, mail);
        }
        return refused.size === 0 ? [] : latest.flatMap((settlement) => refusalOf(settlement, refused));
      });
    },
    async openIntents(target) {
      const rows = await db
        .selectFrom('intents')
        .select(['key', 'run', 'sync', 'recorded_at', 'outcome', 'sealed'])
        .where('target', '=', target)
        // Written out, not bound: the partial index is certain to be used only for the literal.
        .where('open', '=', sql.lit(1))
        .orderBy('recorded_at')
        .orderBy('key')
        .execute();
      return rows.map((row) => ({
        run: row.run,
        sync: row.sync,
        intent: sealer.open(['intents', row.key], row.sealed) as Intent,
        recordedAt: row.recorded_at,
        outcome: row.outcome === 'unknown' ? 'unknown' : null,
      }));
    },
  };
}

/** One update for each outcome. The moment kept is the latest of them: it serves expiry alone. */
async function writeOutcomes(transact: Transact, settlements: readonly Settlement[]): Promise<void> {
  const groups = Map.groupBy(settlements, (one) => `${one.outcome} ${staysOpen(one)}`);
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { outcome } = first;
    const settledAt = group.reduce((latest, settlement) => Math.max(latest, settlement.at), 0);
    await inBatches(group, async (batch) => {
      const keys = batch.map((settlement) => settlement.key);
      await transact
        .updateTable('intents')
        .set({ outcome, settled_at: settledAt, open: staysOpen(first) ? 1 : 0 })
        .where('key', 'in', keys)
        .execute();
      // What turned out not to have happened counts no more, though it did while it was unknown.
      if (outcome === 'rejected' || outcome === 'not-sent') await forgetCounts(transact, keys);
    });
  }
}

function staysOpen({ outcome, mayArrive }: Settlement): boolean {
  return outcome === 'unknown' || mayArrive === true;
}

function linkOf(settlement: Settlement): readonly LinkRecord[] {
  return settlement.link === undefined ? [] : [settlement.link];
}

function refusalOf({ key, link }: Settlement, refused: ReadonlyMap<string, Owner>): readonly RefusedLink[] {
  const owner = link === undefined ? undefined : refused.get(personKey(link));
  return owner === undefined ? [] : [{ key, owner }];
}

import { alertQueries } from './queries/alerts.ts';
import { detailQueries } from './queries/details.ts';
import { dueQueries } from './queries/due.ts';
import { escrowQueries } from './queries/escrow.ts';
import { expiryQueries } from './queries/expiry.ts';
import { fillRateQueries } from './queries/fill-rates.ts';
import { formerValueQueries } from './queries/former-values.ts';
import { heldQueries } from './queries/held.ts';
import { intentQueries } from './queries/intents.ts';
import { checkSealingKey } from './queries/key-check.ts';
import { keptTokenQueries } from './queries/kept-tokens.ts';
import { leaseQueries } from './queries/leases.ts';
import { linkQueries } from './queries/links.ts';
import { mailQueries } from './queries/mails.ts';
import { peopleQueries } from './queries/people.ts';
import { remoteAccountQueries } from './queries/remote-accounts.ts';
import { runQueries } from './queries/runs.ts';
import { standInQueries } from './queries/stand-ins.ts';
import { syncStateQueries } from './queries/sync-states.ts';
import { windowQueries } from './queries/windows.ts';
import type { Store } from './store.ts';
import type { Ground } from './tables.ts';

/**
 * The store over a migrated database. The queries are the same for every database; a backend brings the driver, the
 * migrations and the meaning of its errors. Rejects with `Stalled` (`SealingKeyWrong`) before anything is written with
 * a wrong key.
 */
export async function createStore(ground: Ground): Promise<Store> {
  await checkSealingKey(ground);
  return {
    ...syncStateQueries(ground),
    ...linkQueries(ground),
    ...standInQueries(ground),
    ...formerValueQueries(ground),
    ...intentQueries(ground),
    ...windowQueries(ground),
    ...heldQueries(ground),
    ...escrowQueries(ground),
    ...dueQueries(ground),
    ...runQueries(ground),
    ...peopleQueries(ground),
    ...expiryQueries(ground),
    ...fillRateQueries(ground),
    ...remoteAccountQueries(ground),
    ...detailQueries(ground),
    ...keptTokenQueries(ground),
    ...leaseQueries(ground),
    ...alertQueries(ground),
    ...mailQueries(ground),
    close: () => ground.db.destroy(),
  };
}

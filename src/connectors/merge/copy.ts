import { textOf, type JsonObject } from '../json.ts';
import { modelOf } from './scopes.ts';
import type { Config } from './schema.ts';

type Rules = Pick<Config, 'maxCopyAgeHours' | 'partialCopies' | 'selectiveSync'>;

/** What Merge's own copy of the HR system is worth now. */
export type Copy =
  | {
      readonly state: 'whole';
      /** The oldest moment (ISO) that any of what was asked for is from. */
      readonly asOf: string;
      /** Models that this linked account does not have: nothing is known of their fields. */
      readonly off: readonly string[];
    }
  | { readonly state: 'not-whole'; readonly why: string; readonly needsSomebody: boolean };

/**
 * Judges `GET /sync-status`: a copy is whole when the first one has ended, and the last one of each model that is asked
 * for did well. While a later one runs, the copy before it is there in full and is renewed row by row.
 *
 * What the statuses mean: help.merge.dev, "Merge sync statuses"; that rows can be had while the first copy is still made:
 * "Initial sync overview and best practices".
 */
export function judgeCopy(
  statuses: readonly JsonObject[],
  models: readonly string[],
  rules: Rules,
  now: number,
): Copy {
  const byModel = new Map(statuses.map((one) => [modelOf(one), one]));
  const off = models.filter((model) => model !== people && isOff(byModel.get(model)));
  const moments: number[] = [];
  for (const model of models.filter((one) => !off.includes(one))) {
    const status = byModel.get(model);
    const doubt = status === undefined ? `Merge copies no ${model} here` : doubtOf(model, status, rules);
    if (doubt !== undefined)
      return { state: 'not-whole', needsSomebody: needsSomebody(status, rules), why: doubt };
    const moment = Math.min(now, Date.parse(freshness(status)));
    if (Number.isNaN(moment)) return notWhole(`Merge does not say when it copied ${model}`);
    moments.push(moment);
  }
  const asOf = Math.min(...moments);
  const hours = Math.floor((now - asOf) / 3_600_000);
  if (hours >= rules.maxCopyAgeHours) {
    return notWhole(
      `Merge's copy is ${hours} hours old, and \`maxCopyAgeHours\` is ${rules.maxCopyAgeHours}`,
    );
  }
  return { state: 'whole', asOf: new Date(asOf).toISOString(), off };
}

const people = 'Employee';

function notWhole(why: string): Copy {
  return { state: 'not-whole', why, needsSomebody: false };
}

/** Switched off, or nothing that this HR system has. */
function isOff(status: JsonObject | undefined): boolean {
  return status === undefined || status['status'] === 'DISABLED';
}

function doubtOf(model: string, status: JsonObject, rules: Rules): string | undefined {
  const now = wordOf(status['status']);
  if (now === 'DISABLED') return `${model} is switched off in Merge's Common Model scopes`;
  if (status['is_initial_sync'] !== false && now !== 'DONE') {
    return `Merge has not made its first copy of ${model} (${now})`;
  }
  const last = now === 'SYNCING' ? wordOf(status['last_sync_result']) : now;
  const isGood = last === 'DONE' || (last === 'PARTIALLY_SYNCED' && rules.partialCopies === 'accept');
  if (!isGood) return `Merge's last copy of ${model} is not whole (${last})`;
  if (rules.selectiveSync === 'refuse' && status['selective_sync_configurations_usage'] === 'IN_LAST_SYNC') {
    return `a Selective Sync filter keeps some of ${model} out of Merge's copy (\`selectiveSync: accept\` says that this is meant)`;
  }
  return undefined;
}

function needsSomebody(status: JsonObject | undefined, { selectiveSync }: Rules): boolean {
  const isFiltered =
    selectiveSync === 'refuse' && status?.['selective_sync_configurations_usage'] === 'IN_LAST_SYNC';
  return status === undefined || status['status'] === 'DISABLED' || isFiltered;
}

/**
 * The moment from which the copy is current: when the last good copying began. `data_fresh_as_of` says it; without it, the
 * start of a copying that has ended, else the end of the one before.
 */
function freshness(status: JsonObject | undefined): string {
  const [fresh, start, end] = ['data_fresh_as_of', 'last_sync_start', 'last_sync_finished'].map(
    (name) => textOf(status?.[name]) ?? '',
  );
  if (fresh !== undefined && fresh !== '') return fresh;
  const isOfLast = status?.['status'] !== 'SYNCING' && Date.parse(start ?? '') <= Date.parse(end ?? '');
  return (isOfLast ? start : end) ?? '';
}

function wordOf(status: JsonObject[string] | undefined): string {
  return typeof status === 'string' && /^[A-Z_]{3,30}$/.test(status) ? status : 'a status that is not known';
}

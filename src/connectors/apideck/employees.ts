import type { JsonObject } from '../json.ts';
import type { ApideckClient } from './client.ts';
import { recordId } from './decode.ts';
import { readList, type Filter } from './pages.ts';
import type { Plan } from './plan.ts';
import type { Config } from './schema.ts';
import type { ListedEmployee, Singles } from './singles.ts';

/** One employee with all that is wanted of them. */
export interface Employee {
  readonly record: JsonObject;
  /** The list has them, and asked for singly nobody is shown. */
  readonly gone: boolean;
}

export interface Proof {
  readonly pages: number;
  readonly records: number;
  /** What the service itself gave, where it gave one for every list that was read. */
  readonly total: number | undefined;
}

/**
 * Everybody whom the lists have, each list to its end; then, where the list lacks what is wanted, those whose single
 * records are not remembered. Whoever stands in two lists comes twice, and counts once.
 */
export async function* everybody(
  client: ApideckClient,
  config: Config,
  plan: Plan,
  filters: readonly (Filter | undefined)[],
  signal: AbortSignal,
): AsyncGenerator<readonly Employee[], Proof> {
  const { singles } = plan;
  const how = { ...config, ...plan.settled, fields: plan.asked.join(',') };
  const waiting: ListedEmployee[] = [];
  const ids = new Set<string>();
  let [pages, records] = [0, 0];
  let total: number | undefined = 0;
  for (const filter of filters) {
    const list = readList(client, 'employees', { ...how, filter }, signal);
    let page = await list.next();
    for (; page.done !== true; page = await list.next()) {
      records += countNew(page.value, ids);
      const ready = singles === undefined ? page.value : await remembered(singles, page.value, waiting);
      if (ready.length > 0) yield await employeesOf(ready, plan, signal);
    }
    pages += page.value.pages;
    total = total === undefined || page.value.total === undefined ? undefined : total + page.value.total;
  }
  for await (const people of singles?.refresh(waiting, signal) ?? []) {
    const there = people.filter(({ gone }) => gone !== true).map(wholeOf);
    const gone = people.filter((one) => one.gone === true).map(({ item }) => ({ record: item, gone: true }));
    yield [...(await employeesOf(there, plan, signal)), ...gone];
  }
  return { pages, records, total: total === records ? total : undefined };
}

/** The records as rows need them: with the names of their units. */
export async function employeesOf(
  records: readonly JsonObject[],
  { names }: Plan,
  signal: AbortSignal,
): Promise<readonly Employee[]> {
  return (await names.named(records, signal)).map((record) => ({ record, gone: false }));
}

/** Those whose single records are remembered and count; the others wait. */
async function remembered(
  singles: Singles,
  page: readonly JsonObject[],
  waiting: ListedEmployee[],
): Promise<readonly JsonObject[]> {
  const fresh: ListedEmployee[] = [];
  for (const one of await singles.recall(page)) (singles.isFresh(one) ? fresh : waiting).push(one);
  return fresh.map(wholeOf);
}

/** What the single record has goes before what the list has: it is there because the list lacks it, or has it wrong. */
function wholeOf({ item, detail }: ListedEmployee): JsonObject {
  return { ...item, ...detail?.record };
}

function countNew(records: readonly JsonObject[], ids: Set<string>): number {
  let count = 0;
  for (const record of records) {
    const id = recordId(record);
    if (id === undefined || !ids.has(id)) count += 1;
    if (id !== undefined) ids.add(id);
  }
  return count;
}

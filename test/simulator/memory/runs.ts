import type { PersonRecord, RunRecord, RunSummary } from '../../../src/model/run.ts';
import type { Store } from '../../../src/store/store.ts';

interface Row {
  readonly run: RunRecord;
  summary?: RunSummary;
  readonly people: PersonRecord[];
}

/** Runs with their people. */
export function runs() {
  const rows = new Map<string, Row>();
  const newestFirst = () => [...rows.values()].toSorted((a, b) => b.run.startedAt - a.run.startedAt);
  const queries: Pick<Store, 'beginRun' | 'endRun' | 'runs' | 'recordPeople' | 'people' | 'personHistory'> = {
    async beginRun(run) {
      if (rows.has(run.id)) throw new Error(`run ${run.id} has begun before`);
      rows.set(run.id, { run, people: [] });
    },
    async endRun(id, summary) {
      const row = rows.get(id);
      if (row !== undefined) row.summary = summary;
    },
    async runs({ sync, limit }) {
      const wanted = newestFirst().filter(({ run }) => sync === undefined || run.sync === sync);
      return wanted
        .slice(0, limit)
        .map(({ run, summary }) => ({ ...run, ...(summary === undefined ? {} : { summary }) }));
    },
    async recordPeople(id, people) {
      if (people.length === 0) return;
      const row = rows.get(id);
      if (row === undefined) throw new RangeError(`run ${id} has not begun in this store`);
      row.people.push(...people);
    },
    people: async (id) => [...(rows.get(id)?.people ?? [])],
    async personHistory(sync, personId, limit) {
      const all = newestFirst()
        .filter(({ run }) => run.sync === sync)
        .flatMap(({ run, people }) => people.toReversed().map((person) => ({ run: run.id, ...person })));
      return all
        .filter((person) => person.personId === personId)
        .toSorted((a, b) => b.at - a.at)
        .slice(0, limit);
    },
  };
  const forgetBefore = (before: number): void => {
    for (const [id, { run, summary }] of rows)
      if ((summary?.endedAt ?? run.startedAt) < before) rows.delete(id);
  };
  return { ...queries, forgetBefore };
}

import type { PersonRecord } from '../../model/run.ts';
import type { Place, Sealer } from '../seal.ts';
import type { Store } from '../store.ts';
import type { Ground } from '../tables.ts';
import { inBatches, inPages } from './batches.ts';

interface SealedPerson {
  readonly id: number;
  readonly run: string;
  readonly person_id: string | null;
  readonly at: number;
  readonly sealed: Uint8Array;
}

const columns = ['id', 'run', 'person_id', 'at', 'sealed'] as const;

/** People of runs with their traces, sealed one by one, so that one person's history opens nobody else's. */
export function peopleQueries({
  db,
  sealer,
}: Ground): Pick<Store, 'recordPeople' | 'people' | 'personHistory'> {
  return {
    async recordPeople(run, people) {
      if (people.length === 0) return;
      await db.transaction().execute(async (transact) => {
        const { sync } = await transact
          .selectFrom('runs')
          .select('sync')
          .where('id', '=', run)
          .executeTakeFirstOrThrow(() => new RangeError(`run ${run} has not begun in this store`));
        await inBatches(people, (batch) =>
          transact
            .insertInto('people')
            .values(
              batch.map((person) => ({
                run,
                sync,
                person_id: person.personId,
                at: person.at,
                sealed: sealer.seal(placeOf(run, person.personId, person.at), person),
              })),
            )
            .execute(),
        );
      });
    },
    async people(run) {
      const people: PersonRecord[] = [];
      await inPages<SealedPerson>(
        (after, limit) =>
          db
            .selectFrom('people')
            .select(columns)
            .where('run', '=', run)
            .where('id', '>', after?.id ?? 0)
            .orderBy('id')
            .limit(limit)
            .execute(),
        (row) => people.push(open(sealer, row)),
      );
      return people;
    },
    async personHistory(sync, personId, limit) {
      const rows = await db
        .selectFrom('people')
        .select(columns)
        .where('sync', '=', sync)
        .where('person_id', '=', personId)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ run: row.run, ...open(sealer, row) }));
    },
  };
}

function placeOf(run: string, personId: string | null, at: number): Place {
  return ['people', run, personId === null ? '' : `=${personId}`, String(at)];
}

function open(sealer: Sealer, row: SealedPerson): PersonRecord {
  return sealer.open(placeOf(row.run, row.person_id, row.at), row.sealed) as PersonRecord;
}

import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { intent, leaseOf, link, setClock, settled, testSealer } from '../fixtures.ts';

/**
 * Applies batches of twenty people for as long as it lives: intents, then outcomes with links and counts. Says each
 * batch aloud once the store has promised it. Arguments: file, number of the first batch.
 */
const [file = '', first = '0'] = process.argv.slice(2);
const store = await openSqliteStore({ file, sealer: testSealer(), clock: setClock() });
const lease = await leaseOf(store);

for (let batch = Number(first); ; batch += 1) {
  const people = Array.from({ length: 20 }, (_, index) => `${batch}-${index}`);
  const intents = people.map((person) => intent(`key-${person}`, person));
  await store.recordIntents(`run-${batch}`, 'staff', 'lms', intents, lease);
  process.stdout.write(`intents ${batch}\n`);
  await store.settle(
    people.map((person) =>
      settled(`key-${person}`, 'applied', {
        link: link(person, `account-${person}`),
        counts: [{ class: 'create', personId: person }],
      }),
    ),
    lease,
  );
  process.stdout.write(`settled ${batch}\n`);
}

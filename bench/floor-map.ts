import { openTarget, readPeople, sideBySide, type Account, type Person } from './floor-systems.ts';

/**
 * The floor `map`: reads both sides at the same time, keeps both as objects, and creates who is missing. Called with the
 * file, the target's URL and its token.
 */
const [file = '', url = '', token = ''] = process.argv.slice(2);
const target = openTarget(url, token);
const [people, accounts] = await Promise.all([readAll(), listAll()]);
await sideBySide(
  people.filter((person) => !accounts.has(person['employee_number'] ?? '')),
  (person) => target.create(person),
);
await target.close();

async function readAll(): Promise<Person[]> {
  const all: Person[] = [];
  for await (const person of readPeople(file)) all.push(person);
  return all;
}

async function listAll(): Promise<ReadonlyMap<string, Account>> {
  const all = new Map<string, Account>();
  for await (const page of target.pages()) {
    for (const account of page) all.set(account.externalId ?? account.id, account);
  }
  return all;
}

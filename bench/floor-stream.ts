import { hash } from 'node:crypto';
import {
  comparedOf,
  comparedOfAccount,
  openTarget,
  readPeople,
  sideBySide,
  type Person,
} from './floor-systems.ts';

/**
 * The floor `stream`: keeps one side, the target, as hashes, lets the other stream by, and patches who differs. Called
 * with the file, the target's URL and its token.
 */
const [file = '', url = '', token = ''] = process.argv.slice(2);
const target = openTarget(url, token);
const accounts = new Map<string, { readonly id: string; readonly hash: string }>();
for await (const page of target.pages()) {
  for (const account of page) {
    accounts.set(account.externalId ?? account.id, {
      id: account.id,
      hash: hashOf(comparedOfAccount(account)),
    });
  }
}
const changed: { readonly id: string; readonly person: Person }[] = [];
for await (const person of readPeople(file)) {
  const account = accounts.get(person['employee_number'] ?? '');
  if (account !== undefined && account.hash !== hashOf(comparedOf(person)))
    changed.push({ id: account.id, person });
}
await sideBySide(changed, ({ id, person }) => target.moveTo(id, person['department'] ?? ''));
await target.close();

function hashOf(text: string): string {
  return hash('sha1', text, 'base64');
}

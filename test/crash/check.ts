import type { Look } from '../../src/reconcile/look.ts';
import type { Store } from '../../src/store/store.ts';
import { expectedAccounts, held, joiners, type Employee } from './company.ts';
import type { Account } from './target.ts';
import type { World } from './world.ts';

/** Write requests of the undisturbed pass by kind and account: none of them may happen more often. */
export type Writes = ReadonlyMap<string, number>;

/** Makes the pass that follows a failure. Everything that is wrong then, a sentence each. */
export async function wrongAfterNextPass(world: World, undisturbed: Writes): Promise<readonly string[]> {
  const seen = await world.nextPass((look, store) => remembered(look, store, world.target.accounts()));
  return [
    ...wrongAccounts(world.target.accounts(), expectedAccounts()),
    ...repeated(world, undisturbed),
    ...mailsOf(world),
    ...(seen ?? ['the next process died']),
  ];
}

/** One account for each person, and in it what the list says. */
export function wrongAccounts(
  accounts: readonly Account[],
  expected: ReadonlyMap<string, Employee>,
): string[] {
  const wrong: string[] = [];
  if (accounts.length !== expected.size) {
    wrong.push(`there are ${accounts.length} accounts for ${expected.size} people`);
  }
  const idOf = new Map(accounts.map(({ person, accountId }) => [person, accountId]));
  for (const [person, one] of expected) {
    const theirs = accounts.filter((account) => account.person === person);
    const [account] = theirs;
    if (theirs.length !== 1 || account === undefined) {
      wrong.push(`${person} has ${theirs.length} accounts`);
      continue;
    }
    const wanted: Employee = { ...one, manager: one.manager === '' ? '' : (idOf.get(one.manager) ?? '?') };
    for (const name of ['first', 'last', 'email', 'department', 'phone', 'manager', 'status'] as const) {
      if (account[name] !== wanted[name]) {
        wrong.push(`${name} of ${person} is "${account[name]}", not "${wanted[name]}"`);
      }
    }
  }
  return wrong;
}

/** The links are complete, nothing is looked for any more, and nothing would be written but what is held. */
async function remembered(
  { judgement }: Look,
  store: Store,
  accounts: readonly Account[],
): Promise<readonly string[]> {
  const links = new Map((await store.links('staff')).map((link) => [link.personId, link]));
  const wrong = accounts.flatMap(({ person, accountId, status }) => {
    if (person === '') return [`${accountId} says of nobody that it is theirs`];
    const link = links.get(person);
    const state = status === 'left' ? 'tombstone' : 'active';
    if (link?.accountId !== accountId) return [`the link of ${person} is not to their account`];
    return link.state === state ? [] : [`the link of ${person} is ${link.state}, not ${state}`];
  });
  const open = await store.openIntents('target');
  if (open.length > 0) wrong.push(`${open.length} writes are still looked for`);
  const released = judgement.released.map(({ id }) => id);
  if (released.length > 0) wrong.push(`the next pass would write: ${released.join(', ')}`);
  const waiting = judgement.held.items.map(({ change }) => change.id).join(', ');
  if (waiting !== `update/${held}`) wrong.push(`held is "${waiting}"`);
  return wrong;
}

/** Every joiner got one account by one request, and no other write was made more often than it had to be. */
function repeated(world: World, undisturbed: Writes): string[] {
  const { target } = world;
  const made = target.loopback.log.filter((one) => target.isCreate(one) && one.status !== 'reset').length;
  const wrong = made === joiners.length ? [] : [`${made} creates for ${joiners.length} people`];
  for (const [write, count] of writesOf(world)) {
    const usual = undisturbed.get(write) ?? 0;
    if (count > usual) wrong.push(`${write} happened ${count} times, not ${usual}`);
  }
  return wrong;
}

/** By person, since ids differ from pass to pass; batches and memberships by kind alone. */
export function writesOf({ target }: World): Writes {
  const people = new Map(target.accounts().map(({ accountId, email }) => [accountId, email]));
  const counts = new Map<string, number>();
  for (const { method, path } of target.loopback.log) {
    const last = path.split('/').at(-1) ?? '';
    const person = people.get(last);
    if (method === 'GET' || (person === undefined && /batch|branch/.test(path))) continue;
    const write = `${method} ${person ?? last}`;
    counts.set(write, (counts.get(write) ?? 0) + 1);
  }
  return counts;
}

/** What is held was told, and at most one mail came twice. */
function mailsOf({ mails }: World): string[] {
  const about = mails.filter(({ subject }) => subject.includes('held'));
  const twice = mails.length - new Set(mails.map(({ id }) => id)).size;
  const wrong = about.length === 0 ? ['nobody was told what is held'] : [];
  const more = twice + new Set(about.map(({ id }) => id)).size - 1;
  if (more > 1) wrong.push(`${more} mails too many`);
  return wrong;
}

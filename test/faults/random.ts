import { crowdOf } from '../crash/crowd.ts';
import { employee, type Employee } from '../crash/company.ts';
import { Chance } from '../simulator/chance.ts';
import { brokenFiles } from './files.ts';
import { listingOf, mixture } from './mixture.ts';
import { misconduct, told, wrongInTheEnd } from './story.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;

/** What went wrong while a small company lived through some disturbed passes; empty when nothing did. */
export async function playAtRandom(world: World, seed: number): Promise<readonly string[]> {
  const chance = new Chance(seed);
  await world.restore(seed);
  let people = crowdOf(chance.between(10, 20), chance.fork('crowd'));
  const passes = chance.between(3, 4);
  let pauseMs = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const luck = chance.fork(`pass ${pass}`);
    const before = people;
    if (pass > 0) people = changed(people, pass, luck.fork('changes'));
    const { toTarget, target, time } = world;
    const { disturb, lie } = mixture(luck.fork('target'), listingOf(target.connector), time);
    toTarget.disturb = disturb;
    if (lie?.verdict === 'believed') people = await withAddressesAsSent(world, people, before);
    world.hr(people);
    disturbSource(world, luck);
    // Whoever is late arrives after it was looked for, and before HR changes its mind.
    for (let again = 0; again < 2; again += 1) {
      const outcome = await world.pass(Math.max(10 * minuteMs, pauseMs));
      pauseMs = outcome.retryAfterMs ?? 0;
      const wrong = wrongMeanwhile(world, people);
      if (wrong.length > 0) return [...wrong, `in pass ${pass}, which ended as ${told(outcome)}`];
      if (outcome.summary.reason === 'InternalError') return [`pass ${pass} ended as ${told(outcome)}`];
      if (!luck.happens(0.5)) break;
    }
    for (const proxy of world.proxies) await proxy.deliverLate();
  }
  world.hr(people);
  world.time.pass(pauseMs);
  const last = await world.pass();
  return await wrongInTheEnd(world, last, () => expected(world, people));
}

/**
 * Who left before there was an account gets none, and a leaver's account stays as it was on the last day. So does the
 * reference to somebody whose successor has no account.
 */
function expected(world: World, people: readonly Employee[]): readonly Employee[] {
  const accounts = new Map(world.target.accounts().map((account) => [account.person, account]));
  const persons = new Map([...accounts].map(([person, { accountId }]) => [accountId, person]));
  return people.flatMap((one): Employee[] => {
    const account = accounts.get(one.id);
    const named = persons.get(account?.manager ?? '') ?? '';
    if (one.status === 'active')
      return [{ ...one, manager: accounts.has(one.manager) ? one.manager : named }];
    if (account === undefined) return [];
    return [{ ...account, id: one.id, manager: named, status: 'left' }];
  });
}

/**
 * Nobody marries whose create is still looked for, in a pass in which the target denies its accounts without a trace: it
 * would take a second create, with the new address, for somebody else's, and so would everybody.
 */
async function withAddressesAsSent(
  { store }: World,
  people: readonly Employee[],
  before: readonly Employee[],
): Promise<readonly Employee[]> {
  const open = new Set((await store.openIntents('target')).map(({ intent }) => intent.personId));
  const sent = new Map(before.filter(({ id }) => open.has(id)).map((one) => [one.id, one.email]));
  return people.map((one) => ({ ...one, email: sent.get(one.id) ?? one.email }));
}

function disturbSource({ source, time, folder }: World, luck: Chance): void {
  if (source.proxy !== undefined) {
    source.proxy.disturb = mixture(luck.fork('source'), listingOf(source.connector), time).disturb;
  } else if (luck.happens(0.3)) {
    luck.pick(brokenFiles)?.spoil(folder);
  }
}

/** Some join, move, marry and leave; somebody gets another manager. */
function changed(people: readonly Employee[], pass: number, chance: Chance): readonly Employee[] {
  const [moves, marriages, leaves, managed] = [
    chance.between(0, 3),
    chance.between(0, 2),
    chance.between(0, 1),
    chance.between(0, 2),
  ];
  const joiners = Array.from({ length: chance.between(0, 3) }, (_, index) => {
    const id = `${5000 + pass * 10 + index}`;
    return employee(id, `Joiner${id}`, 'Newcomer');
  });
  const here = chance.shuffled(people.filter(({ status }) => status === 'active'));
  const manager = joiners[0]?.id ?? here.at(-1)?.id ?? '';
  const changes = new Map<string, Partial<Employee>>();
  const take = (count: number, change: (one: Employee) => Partial<Employee>) => {
    for (const one of here.splice(0, count)) changes.set(one.id, change(one));
  };
  take(moves, () => ({ department: `Moved ${pass}` }));
  take(marriages, ({ id }) => ({ last: `Newname${pass}`, email: `newname${pass}.${id}@example.test` }));
  take(leaves, () => ({ status: 'left' }));
  take(managed, ({ id }) => (id === manager ? {} : { manager }));
  return [...people.map((one) => ({ ...one, ...changes.get(one.id) })), ...joiners];
}

/** What must hold at any moment: nobody has two accounts, nobody who is here has one that is switched off. */
function wrongMeanwhile(world: World, people: readonly Employee[]): readonly string[] {
  const wrong = misconduct(world);
  const accounts = world.target.accounts();
  const addresses = new Set(accounts.map(({ email }) => email.toLowerCase()));
  if (addresses.size < accounts.length) wrong.push('two accounts have one address');
  for (const { id, status } of people) {
    const theirs = accounts.filter(({ person }) => person === id);
    if (theirs.length > 1) wrong.push(`${id} has ${theirs.length} accounts`);
    if (status === 'active' && theirs.some((one) => one.status === 'left')) wrong.push(`${id} is locked out`);
  }
  if (accounts.length > people.length) wrong.push(`${accounts.length} accounts for ${people.length} people`);
  return wrong;
}

import type { Outcome } from '../../src/model/run.ts';
import { wrongAccounts } from '../crash/check.ts';
import { employee, staff, type Employee } from '../crash/company.ts';
import type { FaultProxy } from './proxy.ts';
import type { World } from './world.ts';

/** Everybody who has an account before anything is disturbed. */
export const before: readonly Employee[] = staff;

const changes: Readonly<Record<string, Partial<Employee>>> = {
  '1002': { department: 'Support' },
  '1003': { last: 'Berg', email: 'clara.berg@example.test' },
  '1006': { status: 'left' },
  '1009': { manager: '1002' },
};

/** What HR says in the pass that is disturbed: two join, one moves, one marries, one leaves, one gets a manager. */
export const after: readonly Employee[] = [
  ...staff.map((one) => ({ ...one, ...changes[one.id] })),
  employee('2001', 'Karim', 'Stein', { manager: '1001' }),
  employee('2002', 'Lotte', 'Brand', { manager: '2001' }),
];

const minuteMs = 60_000;

/** What is wrong when the faults are over and at most two passes were made. */
export async function wrongInTheEnd(
  world: World,
  last: Outcome,
  people: () => readonly Employee[] = () => after,
): Promise<readonly string[]> {
  let pauseMs = last.retryAfterMs ?? 0;
  let settled = false;
  for (const proxy of world.proxies) proxy.disturb = () => undefined;
  for (let pass = 0; pass < 2; pass += 1) {
    const { summary, retryAfterMs = 0 } = await world.pass(Math.max(10 * minuteMs, pauseMs));
    pauseMs = retryAfterMs;
    settled = summary.result === 'settled' && summary.changes.length + summary.held === 0;
    if (settled || wrongHere(world, people()).length === 0) break;
  }
  // A wait that was named holds for looking too.
  world.time.pass(pauseMs);
  // A pass that found nothing to do has looked already.
  return await wrongNow(world, people(), settled);
}

/** One account for each person as HR says, nothing left to do, and no request at a time when none was allowed. */
export async function wrongNow(
  world: World,
  people: readonly Employee[] = after,
  hasLooked = false,
): Promise<readonly string[]> {
  const wrong = [...wrongHere(world, people), ...misconduct(world)];
  if (!hasLooked) wrong.push(...(await leftToDo(world)));
  const open = await world.store.openIntents('target');
  if (open.length > 0) wrong.push(`${open.length} writes are still looked for`);
  return wrong;
}

async function leftToDo(world: World): Promise<readonly string[]> {
  const { judgement } = await world.look();
  const planned = judgement.released.map(({ id }) => id);
  const held = judgement.held.items.map(({ change }) => change.id);
  return [
    ...(planned.length > 0 ? [`the next pass would write: ${planned.join(', ')}`] : []),
    ...(held.length > 0 ? [`held is ${held.join(', ')}`] : []),
  ];
}

function wrongHere({ target }: World, people: readonly Employee[]): string[] {
  // Begun, and switched off because its person left before it was complete: it never came to say whose it is.
  const accounts = target.accounts().filter(({ person, status }) => person !== '' || status !== 'left');
  return wrongAccounts(accounts, new Map(people.map((one) => [one.id, one])));
}

/** What no client may do, whatever it is answered. */
export function misconduct({ proxies }: World): string[] {
  return proxies.flatMap((proxy) => [...proxy.tooEarly, ...tooOften(proxy)]);
}

/** More than five failed tries of one request in one pass, one after the other. */
function tooOften({ arrivals }: FaultProxy): string[] {
  const rows = new Map<string, number>();
  const wrong: string[] = [];
  for (const { key, request, disturbed, pass } of arrivals) {
    const inPass = `${pass} ${key}`;
    const row = disturbed === undefined ? 0 : (rows.get(inPass) ?? 0) + 1;
    rows.set(inPass, row);
    if (row > 5) wrong.push(`${request.method} ${request.path} was tried ${row} times`);
  }
  return wrong;
}

/** Requests that may change something and were handed over: not those of the sign-in. */
export function writesAt(proxy: FaultProxy): readonly string[] {
  return proxy.arrivals
    .filter(({ request }) => request.method !== 'GET')
    .map(({ request }) => `${request.method} ${request.path}`);
}

/** POSTs of accounts that were sent, by who was to get one. */
export function creates({ toTarget, target }: World): readonly string[] {
  return toTarget.arrivals
    .filter(({ request }) => target.isCreate(request))
    .map(({ request }) => request.text.match(/[\w.]+@example\.test/)?.[0] ?? '');
}

/** How a pass ended, to be read where an expectation fails. */
export function told({ summary }: Pick<Outcome, 'summary'>): string {
  return `${summary.result} ${summary.reason ?? ''}: ${summary.message}`;
}

import type { Violation } from './claims.ts';
import { compareEnd } from './ending.ts';
import { stuckBy } from './forms.ts';
import { checkSecrecy } from './secrecy.ts';
import type { Stage } from './stage.ts';
import type { LogEntry } from './trace.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** From here on nothing fails, and everything must come right: C4 after two rounds, C5 at the end, and nothing leaked. */
export async function calm(stage: Stage): Promise<Violation | undefined> {
  const { world } = stage;
  stage.say('from here on nothing fails');
  world.troubled = false;
  world.target.lags = false;
  const mended = await world.revisions.mend();
  if (mended !== undefined) return mended;
  await world.time.passes(30 * hour);
  const asked = world.approved;
  let rounds = 2;
  for (let round = 1; round <= rounds; round += 1) {
    const orders = world.target.log.length;
    const violation = await calmRound(stage);
    if (violation !== undefined) return violation;
    stage.say(`round ${round} of the calm is over`);
    // What waited for a yes begins with it: who takes an address comes one pass after who gave it up.
    if (round === 1 && world.approved > asked) rounds = 3;
    // So does who takes the address of an account whose time of grace ended just now.
    if (round === rounds && rounds < 4 && world.target.log.slice(orders).some(deletes)) rounds += 1;
  }
  const left = await compareEnd(world, stage.claims.ledger, stage.deletedByHand, false);
  if (left !== undefined) return left;
  await world.time.passes(9 * day);
  const restless = await untilQuiet(stage);
  if (restless !== undefined) return restless;
  return (
    (await compareEnd(world, stage.claims.ledger, stage.deletedByHand, true)) ??
    (await saysAndWritesNothing(stage)) ??
    (await checkSecrecy(world))
  );
}

function deletes({ kind }: LogEntry): boolean {
  return kind === 'delete';
}

/** Three rounds; more where a value that never sticks is tried its three times, each with a yes of its own. */
async function untilQuiet(stage: Stage): Promise<Violation | undefined> {
  const { world } = stage;
  const most = stuckBy(world.target.habit) === undefined ? 3 : 9;
  for (let round = 1; round <= most; round += 1) {
    const [orders, yeses] = [world.target.log.length, world.approved];
    const violation = await calmRound(stage);
    if (violation !== undefined) return violation;
    if (round >= 3 && world.target.log.length === orders && world.approved === yeses) break;
  }
  return undefined;
}

export async function calmRound(stage: Stage): Promise<Violation | undefined> {
  for (const sync of stage.world.company.keys()) {
    const violation = await stage.pass(sync);
    if (violation !== undefined) return violation;
    if (stage.world.company.get(sync)?.mode !== 'observe') await stage.approve(sync);
  }
  await stage.world.time.passes(hour);
  return undefined;
}

/** C5: a converged pass sends no order and no mail. */
async function saysAndWritesNothing(stage: Stage): Promise<Violation | undefined> {
  const { target, post } = stage.world;
  const [orders, mails] = [target.log.length, post.sent.length];
  const violation = await calmRound(stage);
  if (violation !== undefined) return violation;
  const more = target.log.slice(orders);
  const what = more.map(({ kind, personId, set }) => `${kind} of ${personId} ${Object.keys(set).join()}`);
  if (more.length > 0) return { claim: 'C5', text: `a converged pass wrote: ${what.join('; ')}` };
  const [mail] = post.sent.slice(mails);
  return mail === undefined
    ? undefined
    : { claim: 'C5', text: `a converged pass sent a mail: ${mail.subject}` };
}

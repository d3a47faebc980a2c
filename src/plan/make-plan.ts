import type { Plan, Verdict } from '../model/change.ts';
import { placeAbsent } from './absent.ts';
import { planOf } from './finish.ts';
import { settleChoices } from './choices.ts';
import type { PlanInput } from './input.ts';
import { unsought } from './match.ts';
import type { Pass } from './pass.ts';
import { openPass } from './pass.ts';
import { placePerson } from './place.ts';
import { settleReferences } from './references.ts';
import { withdrawSameIdentities } from './same-identity.ts';
import { settleUniqueValues, withdrawStranded } from './unique.ts';
import { withReferences } from './via.ts';

/** After so many people the caller may let other work in. */
const stride = 500;

/**
 * Compares what both systems hold and says what would bring the target to the state that the specs imply.
 *
 * Pure. It is a generator only so that the caller can let other work in between people: it yields nothing of interest
 * and returns the plan. Run it to the end with `runPlan` where nobody else waits.
 */
export function* makePlan(given: PlanInput): Generator<void, Plan, void> {
  const pass = openPass(withReferences(given));
  yield* placeEverybody(pass);
  if (pass.input.only === undefined) yield* placeEverybodyAbsent(pass);
  const collided = settleClaims(pass);
  settleChoices(pass);
  withdrawSameIdentities(pass.drafts, pass.prepared);
  settleUniqueValues(pass.input, pass.drafts, pass.prepared);
  settleReferences(pass);
  withdrawStranded(pass.drafts);
  yield;
  return planOf(pass, collided);
}

/** `makePlan` in one go. */
export function runPlan(input: PlanInput): Plan {
  const steps = makePlan(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function* placeEverybody(pass: Pass): Generator<void, void, void> {
  const { people, only } = pass.input;
  for (let position = 0; position < people.size; position += 1) {
    if (position % stride === stride - 1) yield;
    const row = people.row(position);
    if (only === undefined || only.has(row.id)) placePerson(pass, row, position);
  }
}

function* placeEverybodyAbsent(pass: Pass): Generator<void, void, void> {
  const { people, memory } = pass.input;
  let looked = 0;
  for (const link of memory.links.values()) {
    looked += 1;
    if (looked % stride === 0) yield;
    if (people.position(link.personId) < 0) placeAbsent(pass, link);
  }
}

/** Two people for one account are both held out; a leaver gives way to anybody who has not left. */
function settleClaims(pass: Pass): ReadonlyMap<string, Verdict> {
  if (pass.claims.awaitsBystanders) lookForBystanders(pass);
  const collided = new Map<string, Verdict>();
  const giveWay = (personId: string): void => {
    const person = pass.drafts.get(personId);
    if (person === undefined || person.kind === null) return;
    pass.drafts.delete(personId);
    const reason = `${person.reason}; somebody who has not left matches the same account`;
    pass.quiet.push({ personId, accountId: null, situation: 'left', reason, attention: true });
  };
  for (const positions of pass.stoodBy) {
    for (const position of positions) pass.claims.standBy(position, giveWay);
  }
  pass.claims.settle(giveWay, (personId, position) => {
    pass.drafts.delete(personId);
    const accountId = pass.accounts.reading.row(position).id;
    const reason = 'collision: several people stand for this account';
    const by = standsBy(pass, personId);
    const candidates = pass.candidates.of({ ...unsought, position, ...(by === undefined ? {} : { by }) });
    const verdict = { personId, accountId, situation: 'collision', reason, attention: true } as const;
    collided.set(personId, { ...verdict, ...candidates });
  });
  return collided;
}

/** The rule by which somebody without a link stands for an account: asked again, since hardly anybody collides. */
function standsBy({ input, matcher, people }: Pass, personId: string): string | undefined {
  const position = input.people.position(personId);
  if (position < 0 || input.memory.links.has(personId)) return undefined;
  return matcher.find(personId, people.look(input.people.row(position)).view).by;
}

/** People for whom nothing would be done may still be the ones whose account a leaver's match has found. */
function lookForBystanders(pass: Pass): void {
  for (const position of pass.bystanders) {
    const row = pass.input.people.row(position);
    const found = pass.matcher.find(row.id, pass.people.look(row).view);
    if (found.fact !== 'taken') pass.stoodBy.add(found.candidates);
  }
}

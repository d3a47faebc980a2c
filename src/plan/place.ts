import type { Row } from '../model/row.ts';
import { carryOut } from './deeds.ts';
import type { Holding } from './holding.ts';
import { factsOf, holdingOf, isPresent } from './holding.ts';
import { unsought } from './match.ts';
import type { Pass } from './pass.ts';
import type { Person } from './person.ts';
import { foresee, isAwaited } from './upcoming.ts';

/** Finds the place of one person of the source in the plan. `position` is that of the row in the reading. */
export function placePerson(pass: Pass, row: Row, position: number): void {
  pass.total += 1;
  const person = pass.people.look(row);
  pass.echo?.turnTo(row);
  const link = pass.input.memory.links.get(row.id);
  // Whether somebody was absent is counted by readings of everybody alone.
  const whole = pass.input.only === undefined;
  if (whole && link !== undefined && link.absentReads > 0)
    pass.memory.push({ kind: 'seen', personId: row.id });
  const held = holdingOf(pass, row.id, person, link);
  const { found } = held;
  if (found === unsought) pass.bystanders.push(position);
  if (link !== undefined && found.row !== undefined) pass.twins.show(link, found.row);
  // The row's own id would keep the whole unpacked row's text alive; the link's is there anyway.
  const personId = link?.personId ?? row.id;
  claim(pass, personId, person, held);
  const subject = { personId, found, link: held.link, person };
  const deed = carryOut(pass, subject, factsOf(pass, person, held, pass.input.now));
  if (isAwaited(pass, person, held)) foresee(pass, { ...subject, row }, deed);
}

function claim(pass: Pass, personId: string, person: Person, { found, link }: Holding): void {
  const hasLeft = person.standing.fact === 'left';
  const former = found.fact === 'ended' || found.fact === 'endedAway';
  const asks = hasLeft || isPresent(person, 'here') || isPresent(person, 'away');
  if (found.fact === 'linked' || found.fact === 'doubtful') pass.claims.claim(found.position, personId);
  else if (former && asks && found.position >= 0) pass.claims.claim(found.position, personId);
  else if (found.fact === 'one' && hasLeft) pass.claims.claimForLeaver(found.position, personId);
  else if (found.fact === 'one') pass.claims.claim(found.position, personId);
  // An account that carries another person's identity is not theirs to contest.
  else if (link === undefined && !hasLeft && found.fact !== 'taken') pass.stoodBy.add(found.candidates);
  if (link === undefined && found.position >= 0 && found.fact !== 'protected' && found.fact !== 'foreign') {
    pass.matched.add(found.position);
  }
}

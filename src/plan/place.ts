import type { LinkRecord } from '../model/link.ts';
import type { Row } from '../model/row.ts';
import { carryOut } from './deeds.ts';
import { followLink, momentOf } from './links.ts';
import type { Found } from './match.ts';
import { unsought } from './match.ts';
import type { Pass } from './pass.ts';
import type { Person } from './person.ts';
import type { Facts } from './situations.ts';

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
  const found =
    link === undefined
      ? seek(pass, row.id, person, position)
      : followLink(pass.input, pass.accounts, link, pass.memory);
  if (link !== undefined && found.row !== undefined) pass.twins.show(link, found.row);
  // The row's own id would keep the whole unpacked row's text alive; the link's is there anyway.
  const personId = link?.personId ?? row.id;
  claim(pass, personId, person, found, link);
  const facts: Facts = {
    account: found.fact,
    usable: isUsable(found),
    status: person.standing.fact,
    scope: person.scope.fact,
    grace: 'running',
  };
  carryOut(pass, { personId, found, link, person }, facts);
}

/** Somebody with an active link whom the source did not list. A partial pass must not ask for them. */
export function placeAbsent(pass: Pass, link: LinkRecord): void {
  pass.total += 1;
  const { personId } = link;
  const { input } = pass;
  const asOf = momentOf(input.people.receipt.asOf, input.now);
  const since = link.absentSince ?? asOf;
  // The same copy of the data read twice is one moment, and proves nothing more.
  const another = link.absentReads > 0 && asOf > since;
  if (link.absentReads === 0) pass.newlyVanished.push(personId);
  if (link.absentReads === 0 || (another && link.absentReads < 2))
    pass.memory.push({ kind: 'absent', personId });
  const found = followLink(input, pass.accounts, link, pass.memory);
  if (found.row !== undefined) pass.twins.show(link, found.row);
  if (found.fact === 'linked' || found.fact === 'doubtful') pass.claims.claim(found.position, personId);
  const over = another && asOf - since >= input.sync.then.vanished.afterMs;
  const facts: Facts = {
    account: found.fact,
    usable: isUsable(found),
    status: 'absent',
    scope: 'in',
    grace: over ? 'over' : 'running',
  };
  const reason = over
    ? 'vanished: absent from the source beyond the time allowed'
    : 'vanished: absent from the source';
  carryOut(
    pass,
    {
      personId,
      found,
      link,
      person: { view: undefined, standing: { fact: 'absent', reason, due: true }, scope: inScope },
    },
    facts,
  );
}

const inScope = { fact: 'in', reason: '' } as const;

/** Matching is asked for only where something would follow from it. */
function seek(pass: Pass, personId: string, { view, standing, scope }: Person, position: number): Found {
  const { fact } = standing;
  const wanted =
    fact === 'left' || (scope.fact === 'in' && (fact === 'here' || fact === 'later' || fact === 'away'));
  if (wanted) return pass.matcher.find(personId, view);
  pass.bystanders.push(position);
  return unsought;
}

function claim(
  pass: Pass,
  personId: string,
  person: Person,
  found: Found,
  link: LinkRecord | undefined,
): void {
  const hasLeft = person.standing.fact === 'left';
  const ended = found.fact === 'ended' || found.fact === 'endedAway';
  if (found.fact === 'linked' || found.fact === 'doubtful') pass.claims.claim(found.position, personId);
  else if (ended && hasLeft && found.position >= 0) pass.claims.claim(found.position, personId);
  else if (found.fact === 'one' && hasLeft) pass.claims.claimForLeaver(found.position, personId);
  else if (found.fact === 'one') pass.claims.claim(found.position, personId);
  // An account that carries another person's identity is not theirs to contest.
  else if (link === undefined && !hasLeft && found.fact !== 'taken') pass.stoodBy.add(found.candidates);
  if (link === undefined && found.position >= 0 && found.fact !== 'protected' && found.fact !== 'foreign') {
    pass.matched.add(found.position);
  }
}

function isUsable({ row }: Found): boolean {
  return row !== undefined && row.active !== false;
}

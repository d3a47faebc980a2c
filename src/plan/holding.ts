import type { LinkRecord } from '../model/link.ts';
import { formerAccount, isGraceOver, leavesMeanwhile } from './former.ts';
import type { Found } from './found.ts';
import { isUsable } from './found.ts';
import { followLink } from './links.ts';
import { unsought } from './match.ts';
import type { Pass } from './pass.ts';
import type { Person } from './person.ts';
import type { Facts } from './facts.ts';

/** What somebody has: an account found by link or by matching, and the link, where it is the one that led there. */
export interface Holding {
  readonly found: Found;
  readonly link: LinkRecord | undefined;
}

/** Follows the link; for who returns also where a document says whose the account is; without one, and where it names an account that is not used again, an account is looked for. */
export function holdingOf(
  pass: Pass,
  personId: string,
  person: Person,
  link: LinkRecord | undefined,
): Holding {
  if (link === undefined) return { found: seek(pass, personId, person), link };
  const { input, accounts, memory } = pass;
  if (link.state === 'active') return { found: followLink(input, accounts, link, memory), link };
  const decision = takesPart(person) ? pass.decided.ofPair(personId, link.accountId) : undefined;
  if (decision !== undefined && input.sync.then.returned !== 'reuse')
    return { found: pass.matcher.connect(decision, personId), link: undefined };
  const former = formerAccount(input, accounts, link, memory, takesPart(person));
  if (typeof former !== 'string') {
    if (person.standing.fact === 'left' && leavesMeanwhile(input.sync, link, former))
      memory.push({ kind: 'left', personId });
    return { found: former, link };
  }
  const except = accounts.reading.position(link.accountId);
  const found = pass.matcher.find(personId, person.view, except);
  const reason = `returned: ${former}; ${found.reason}`;
  return { found: { ...found, reason, ...(except < 0 ? {} : { except }) }, link: undefined };
}

export function factsOf(
  pass: Pass,
  { standing, scope }: Person,
  { found, link }: Holding,
  at: number,
): Facts {
  const graceOver = standing.fact === 'left' && isGraceOver(pass.input, link, found, at);
  return {
    account: found.fact,
    usable: isUsable(found),
    status: standing.fact,
    scope: scope.fact,
    grace: graceOver ? 'over' : 'running',
  };
}

/** Matching is asked for only where something would follow from it. */
function seek(pass: Pass, personId: string, person: Person): Found {
  const wanted = person.standing.fact === 'left' || takesPart(person) || isPresent(person, 'away');
  return wanted ? pass.matcher.find(personId, person.view) : unsought;
}

function takesPart(person: Person): boolean {
  return isPresent(person, 'here') || isPresent(person, 'soon') || isPresent(person, 'later');
}

export function isPresent({ standing, scope }: Person, fact: Facts['status']): boolean {
  return scope.fact === 'in' && standing.fact === fact;
}

import type { LinkRecord } from '../model/link.ts';
import { carryOut } from './deeds.ts';
import { deletionDue, formerAccount } from './former.ts';
import { followLink, momentOf } from './links.ts';
import type { Found } from './found.ts';
import { isUsable } from './found.ts';
import type { Pass } from './pass.ts';
import type { Facts } from './facts.ts';
import { foreseeAbsent } from './upcoming.ts';

/** Somebody with a link whom the source did not list. A partial pass must not ask for them. */
export function placeAbsent(pass: Pass, link: LinkRecord): void {
  if (link.state === 'active') placeVanished(pass, link);
  else if (deletionDue(pass.input, link) !== undefined) placeFormer(pass, link);
}

function placeVanished(pass: Pass, link: LinkRecord): void {
  pass.total += 1;
  const { personId } = link;
  const { input } = pass;
  const { since, another } = countAbsence(pass, link);
  if (link.absentReads === 0) pass.newlyVanished.push(personId);
  const found = followLink(input, pass.accounts, link, pass.memory);
  if (found.row !== undefined) pass.twins.show(link, found.row);
  if (found.fact === 'linked' || found.fact === 'doubtful') pass.claims.claim(found.position, personId);
  const due = since + input.sync.then.vanished.afterMs;
  const over = another && asOfSource(pass) >= due;
  carryOut(pass, absentee(link, found, over), factsOf(found, over));
  if (!over) foreseeAbsent(pass, absentee(link, found, true), factsOf(found, true), due);
}

/**
 * Somebody who had left, by an explicit termination, before the source dropped them: their account is deleted when its
 * time of grace is over, once two readings agree that they are not back.
 */
function placeFormer(pass: Pass, link: LinkRecord): void {
  const due = deletionDue(pass.input, link);
  const found = formerAccount(pass.input, pass.accounts, link, pass.memory, false);
  if (due === undefined || typeof found === 'string') return;
  if (found.fact !== 'ended' || found.row?.active !== false) return;
  const { another } = countAbsence(pass, link);
  const over = another && pass.input.now >= due;
  if (!over) return foreseeAbsent(pass, absentee(link, found, true), factsOf(found, true), due);
  pass.total += 1;
  pass.claims.claim(found.position, link.personId);
  carryOut(pass, absentee(link, found, true), factsOf(found, true));
}

/** Since when somebody is absent, and whether this is another reading than the first that lacked them. */
function countAbsence(pass: Pass, link: LinkRecord): { readonly since: number; readonly another: boolean } {
  const asOf = asOfSource(pass);
  const since = link.absentSince ?? asOf;
  // The same copy of the data read twice is one moment, and proves nothing more.
  const another = link.absentReads > 0 && asOf > since;
  if (link.absentReads === 0 || (another && link.absentReads < 2))
    pass.memory.push({ kind: 'absent', personId: link.personId });
  return { since, another };
}

function asOfSource({ input }: Pass): number {
  return momentOf(input.people.receipt.asOf, input.now);
}

function absentee(link: LinkRecord, found: Found, over: boolean) {
  const reason = over
    ? 'vanished: absent from the source beyond the time allowed'
    : 'vanished: absent from the source';
  const standing = { fact: 'absent', reason, due: true } as const;
  return { personId: link.personId, found, link, person: { view: undefined, standing, scope: inScope } };
}

function factsOf(found: Found, over: boolean): Facts {
  return {
    account: found.fact,
    usable: isUsable(found),
    status: 'absent',
    scope: 'in',
    grace: over ? 'over' : 'running',
  };
}

const inScope = { fact: 'in', reason: '' } as const;

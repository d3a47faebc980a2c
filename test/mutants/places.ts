import { inFile } from './mutant.ts';

/** Who gets an account that several people might have, and who is not there. */
export const places = [
  ...inFile(
    'plan/claims.ts',
    [
      'only-the-second-is-held-out',
      '?? new Set([first])',
      '?? new Set<string>()',
      'Of two people for one account the first one listed gets it.',
    ],
    [
      'two-leavers-one-account',
      'else if (people.size > 1)',
      'else if (people.size > 2)',
      'One account is linked to two leavers, and nobody knows whose it was.',
    ],
  ),
  ...inFile(
    'plan/place.ts',
    [
      'absence-is-not-forgotten',
      'link !== undefined && link.absentReads > 0)',
      'link !== undefined && link.absentReads > 1)',
      'Two single absences in different years add up, and the account goes.',
    ],
    [
      'bystanders-are-not-asked',
      'pass.bystanders.push(position);',
      '',
      'A namesake who still works here is locked out with the leaver.',
    ],
    [
      'leavers-claim-like-everybody',
      "else if (found.fact === 'one' && hasLeft) pass.claims.claimForLeaver(found.position, personId);",
      '',
      'A newcomer does not get the account because a leaver’s old record matches it.',
    ],
    [
      'ambiguous-people-do-not-stand-by',
      "else if (link === undefined && !hasLeft && found.fact !== 'taken') pass.stoodBy.add(found.candidates);",
      '',
      'An account that may be the one of somebody who works here is disabled for a leaver.',
    ],
    [
      'foreign-accounts-are-strangers',
      "found.fact !== 'protected' && found.fact !== 'foreign') {",
      "found.fact !== 'protected') {",
      'A first pass waits for an approval because of accounts that belong to another sync.',
    ],
  ),
  ...inFile(
    'plan/absent.ts',
    [
      'one-copy-read-twice',
      'link.absentReads > 0 && asOf > since',
      'link.absentReads > 0 && asOf >= since',
      'An old copy of the list, read twice, takes accounts away.',
    ],
    [
      'absence-told-twice',
      'if (link.absentReads === 0) pass.newlyVanished',
      'if (link.absentReads <= 1) pass.newlyVanished',
      'People who are absent count against the limit again and again, and leavers wait.',
    ],
    [
      'grace-by-our-own-clock',
      'const over = another && asOfSource(pass) >= due;',
      'const over = another && input.now >= due;',
      'A source that hands out last week’s list takes accounts away although nobody looked since.',
    ],
    [
      'gone-for-good-still-vanish',
      'else if (deletionDue(pass.input, link) !== undefined) placeFormer(pass, link);',
      'else placeVanished(pass, link);',
      'People who left years ago count as vanished, and hold back the leavers of today.',
    ],
    [
      'deleted-at-first-absence',
      'const over = another && pass.input.now >= due;',
      'const over = pass.input.now >= due;',
      'A leaver who is back and missing from one list loses the account for good.',
    ],
  ),
  ...inFile(
    'plan/holding.ts',
    [
      'unlinked-leavers-are-not-sought',
      "person.standing.fact === 'left' || takesPart(person)",
      'takesPart(person)',
      'A leaver whose account was made by hand keeps it.',
    ],
    [
      'account-is-disabled-for-ever',
      'takesPart(person));',
      'false);',
      'Who comes back to an account that is gone never gets one again.',
    ],
  ),
  ...inFile('plan/found.ts', [
    'active-only-where-flagged',
    'return row !== undefined && row.active !== false;',
    'return row?.active === true;',
    'In a system that does not say who is active, leavers keep their accounts.',
  ]),
  ...inFile(
    'plan/make-plan.ts',
    [
      'partial-pass-touches-others',
      'if (only === undefined || only.has(row.id)) placePerson',
      'if (only === undefined || only.size > 0) placePerson',
      'A retry for one person changes everybody.',
    ],
    [
      'partial-pass-misses-everybody',
      'if (pass.input.only === undefined) yield* placeEverybodyAbsent(pass);',
      'yield* placeEverybodyAbsent(pass);',
      'A retry for one person takes everybody else for absent.',
    ],
    [
      'stranded-changes-stay',
      'withdrawStranded(pass.drafts);',
      '',
      'Somebody gets an address that its holder could not give up.',
    ],
  ),
];

import { inFile } from './mutant.ts';

/** Values that are given out, people in moments to come, and passes over a few. */
export const given = [
  ...inFile('plan/list.ts', [
    'merge-removes-what-others-gave',
    "return collection.kind === 'merge' && earlier.size > 0 && isOurs(key);",
    "return collection.kind === 'merge';",
    'Rights that an administrator added by hand are taken away.',
  ]),
  ...inFile(
    'plan/choices.ts',
    [
      'changed-login-is-another',
      'const chosen = earlier ?? taken.firstFree(choice, person);',
      'const chosen = taken.firstFree(choice, person);',
      'Somebody whose login was changed by hand gets a third one.',
    ],
    [
      'changed-logins-may-collide',
      'taken.add(choice, chosen);\n  person.attributes.push(change);',
      'person.attributes.push(change);',
      'Two people who are renamed get the same login.',
    ],
  ),
  ...inFile(
    'plan/generate.ts',
    [
      'one-secret-for-everything',
      '`generate ${whose.attribute}`',
      '`generate`',
      'The number on the badge is the code of the door.',
    ],
    [
      'one-secret-for-two-sources',
      '[whose.from, whose.personId, formOf(what)]',
      '[whose.personId, formOf(what)]',
      'Two people with one number in two sources get the same code.',
    ],
  ),
  ...inFile(
    'plan/lookup.ts',
    [
      'neighbours-are-not-asked-for',
      'return alike(attribute, value, before) ? [] : [{ attribute: at, value }];',
      'return [];',
      'A pass over one person gives them an address that somebody has.',
    ],
    [
      'former-account-is-not-asked-for',
      'if (link !== undefined) wanted.add(',
      "if (link?.state === 'active') wanted.add(",
      'A pass over one person who came back makes a second account.',
    ],
    [
      'any-spelling-is-asked-for',
      '(normalise.length === 0 ? {} : { beyond: true as const })',
      '{}',
      'A pass over one person does not find the account that is spelt otherwise, and makes another.',
    ],
    [
      'candidates-are-asked-for-alone',
      '({ attribute: at, value, beyond: true as const }));',
      '({ attribute: at, value }));',
      'A pass over one person gives them the login that somebody else comes first for.',
    ],
  ),
  ...inFile(
    'plan/status.ts',
    [
      'last-day-wakes-nobody',
      'return lastDay <= today.horizon ? { ...standing, awaits: true } : standing;',
      'return standing;',
      'A leaver’s account stays open until the schedule comes round.',
    ],
    [
      'made-ready-a-day-late',
      'if (from > today.date)',
      'if (from >= today.date)',
      'A newcomer finds no account, where it is to be made one day ahead.',
    ],
  ),
  ...inFile(
    'plan/place.ts',
    [
      'a-look-at-a-few-ends-an-absence',
      'if (whole && link',
      'if (link',
      'An absence that a list of everybody showed is forgotten.',
    ],
    [
      'echo-of-somebody-else',
      'pass.echo?.turnTo(row);',
      '',
      'What came back from the other system is written to it again.',
    ],
    [
      'former-account-for-two',
      'else if (former && asks && found.position >= 0) pass.claims.claim(found.position, personId);',
      '',
      'A former account is given to its owner and to somebody who matches it.',
    ],
  ),
  ...inFile(
    'plan/absent.ts',
    [
      'deleted-under-its-new-holder',
      'pass.total += 1;\n  pass.claims.claim(found.position, link.personId);',
      'pass.total += 1;',
      'A leaver’s account is deleted in the pass in which somebody else is linked to it.',
    ],
    [
      'opened-by-hand-and-deleted',
      "if (found.fact !== 'ended' || found.row?.active !== false) return;",
      "if (found.fact !== 'ended') return;",
      'An account that an administrator opened again is deleted.',
    ],
  ),
  ...inFile(
    'plan/upcoming.ts',
    [
      'woken-on-the-last-day',
      'days.push(dateAfter(lastDay.date, 1));',
      'days.push(lastDay.date);',
      'The daemon wakes on the last day, and not when it is over.',
    ],
    [
      'made-ahead-unannounced',
      "if (starts.kind === 'date' && createBeforeDays > 0) days.push(",
      'if (false) days.push(',
      'An account that is to be made ahead waits for the schedule.',
    ],
    [
      'deletion-of-who-is-enabled',
      'const deletion = found.row?.active === false ? deletionDue(input, link) : undefined;',
      'const deletion = deletionDue(input, link);',
      'The deletion of an account that somebody uses again is announced.',
    ],
    [
      'announced-against-the-mode',
      'if (pass.permit(kind) !== undefined) return false;',
      '',
      'What the mode forbids is announced, and the daemon wakes for nothing.',
    ],
    [
      'foresight-is-remembered',
      'const quiet = { ...pass, memory: [] };',
      'const quiet = pass;',
      'Looking ahead counts as a reading: an account is taken for gone after one.',
    ],
  ),
  ...inFile(
    'reconcile/partial.ts',
    [
      'shared-account-decided-alone',
      'return shareAccounts(only, links) ?',
      'return false ?',
      'A pass over one of two people who had an account ends it for the other.',
    ],
    [
      'linked-without-the-others',
      'if (plan.changes.some(({ links }) => links) || plan.verdicts',
      'if (plan.verdicts',
      'A webhook links somebody to an account that a namesake matches too.',
    ],
    [
      'least-number-is-not-asked',
      'if (deps.sync.minimumActive !== undefined && judgement.released.some(removes)) {',
      'if (false) {',
      'Webhooks one by one bring a company below the accounts that must stay.',
    ],
    [
      'lost-right-empties-one-by-one',
      'if (lost !== undefined) return { because',
      'if (false) return { because',
      'A right that was taken from the API key empties a field, webhook by webhook.',
    ],
    [
      'held-is-done-by-webhook',
      'released: withoutHeld(judgement.released, new Set(still.keys())),',
      'released: judgement.released,',
      'What waits for an approval is done because a webhook names the person.',
    ],
    [
      'hold-grows-by-webhook',
      'if (items.some((item) => !still.has(memberOf(item)))) return undefined;',
      '',
      'Somebody is held and no list that can be approved names them.',
    ],
    [
      'due-but-not-there',
      "if (deps.trigger === 'due' && readings.people.size < only.size) {",
      'if (false) {',
      'Whoever vanished and is due stays until the schedule comes round.',
    ],
    [
      'first-pass-in-pieces',
      'if (!firstPassDone || moved) return',
      'if (moved) return',
      'Webhooks change people before anybody has approved the first pass.',
    ],
    [
      'escrow-of-everybody',
      'all.escrow.filter(({ personId }) => only.has(personId))',
      'all.escrow',
      'A pass over one person gives up what is kept for the others.',
    ],
  ),
  ...inFile('reconcile/read-some.ts', [
    'strangers-are-looked-at-too',
    'found.filter(({ id }) => only.has(id)),',
    'found,',
    'A source that answers with more than was asked for has others changed.',
  ]),
];

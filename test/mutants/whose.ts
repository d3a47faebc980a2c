import { inFile } from './mutant.ts';

/** Whose an account is: documents, matching, values that were somebody else’s, and people who come back. */
export const whose = [
  ...inFile(
    'plan/decisions.ts',
    [
      'given-up-and-given-another',
      'const decision = this.#decisions?.release.get(personId);',
      'const decision = undefined;',
      'Whose account a document gave up gets another one in the next pass.',
    ],
    [
      'decided-but-follows-the-old-link',
      'for (const person of this.#open.keys()) this.#links.delete(person);',
      '',
      'A document that gives somebody the right account is never carried out.',
    ],
    [
      'few-people-take-an-account-away',
      'for (const decision of this.input.only === undefined ? [...reachable, ...ended] : []) {',
      'for (const decision of [...reachable, ...ended]) {',
      'A pass over one person takes an account from its holder before the other has it.',
    ],
    [
      'decided-over-another-sync',
      '(owner?.sync ?? sync.name) === sync.name',
      'true',
      'A document takes from its holder what belongs to another sync, and nobody has it.',
    ],
    [
      'decided-over-a-protected-account',
      '!this.#accounts.isProtected(row) && row.outside !== true',
      'row.outside !== true',
      'A document about the administrator’s account ends the link of whoever has it.',
    ],
    [
      'never-ends-any-link',
      'if (link === undefined || link.accountId !== decision.account) return;',
      'if (link === undefined) return;',
      'A document about an account of years ago takes away the one that somebody has now.',
    ],
    [
      'transfer-over-an-account-in-use',
      "if (own !== undefined && (own.state === 'active' || link.state === 'tombstone')) {",
      "if (own !== undefined && own.state === 'active' && link.state === 'tombstone') {",
      'A transfer takes the account that somebody has here, and leaves it open to nobody.',
    ],
    [
      'transferred-to-nobody',
      'this.#owners.set(link.accountId, { sync: sync.name, personId: link.personId });',
      'void 0;',
      'A transferred account counts as that of the other sync, and stays as it is.',
    ],
    [
      'decided-for-one-matched-by-another',
      'if (reserved !== undefined && (reserved.person !== personId || this.#isReleased(reserved)))',
      'if (reserved !== undefined && this.#isReleased(reserved))',
      'The account that a document gives to one is taken by somebody who matches it.',
    ],
  ),
  ...inFile(
    'plan/passed-on.ts',
    [
      'ones-own-address-is-no-proof',
      '(one.personId !== personId || one.source !== sync.from)',
      'true',
      'Who gave up an address and comes back is not found by it.',
    ],
    [
      'quarantine-without-end',
      'one.at > this.#since && ',
      '',
      'An address that a leaver had years ago proves nothing for ever.',
    ],
    [
      'renamed-keeps-the-old-address',
      'const changes = ends || attributes.some(',
      'const changes = ends || [].some(',
      'The address that somebody gave up at their wedding leads a newcomer to their account.',
    ],
    [
      'leaver-keeps-the-address',
      "const ends = kind === 'disable' || kind === 'delete';",
      "const ends = kind === 'delete';",
      'The address of a leaver leads a newcomer to the leaver’s account.',
    ],
    [
      'passed-on-in-capitals',
      'normal(canonical(value)),',
      'canonical(value),',
      'An address is recycled in capitals, and proves what it does not.',
    ],
    [
      'ended-links-hold-for-ever',
      "state === 'active' ? now : (endedAt ?? 0)",
      'now',
      'People are held up by somebody who left years ago.',
    ],
    [
      'any-rule-is-doubted',
      'if (isEmpty(value) || !items.some((item) => item.attribute === attribute)) continue;',
      'if (isEmpty(value)) continue;',
      'Who is found by the employee number is held up because of an address.',
    ],
  ),
  ...inFile(
    'plan/match.ts',
    [
      'kept-apart-is-made-twice',
      'if (carriers.length > 0) return this.#keptApart(carriers, personId);',
      '',
      'Two accounts carry one identity, and after a lost answer nobody knows which was made.',
    ],
    [
      'few-people-are-decided',
      'if (this.#decided.input.only !== undefined)',
      'if (false)',
      'A pass over one person gives them an account that others match.',
    ],
    [
      'decided-account-of-somebody',
      "if (taken !== undefined) return { ...found, fact: 'foreign', reason: `${by}: ${taken}` };",
      '',
      'A document gives away an account that somebody else’s sync keeps.',
    ],
    [
      'recycled-is-a-proof',
      "if (passed !== undefined) return { ...found, fact: 'recycled', reason: passed };",
      '',
      'A newcomer gets the account of the colleague who had the address before.',
    ],
    [
      'first-of-a-list-speaks-for-all',
      '?? positions.some(isApart);',
      '?? isApart(positions[0] ?? -1);',
      'An account that a document keeps from somebody is theirs after all.',
    ],
  ),
  ...inFile(
    'plan/former.ts',
    [
      'handed-on-is-taken-back',
      "if (returns && link.ended === undefined) return 'the former account was given to somebody else';",
      '',
      'Who comes back gets an account that went to somebody else meanwhile.',
    ],
    [
      'deleted-by-us-is-waited-for',
      "const deleted = link.ended === 'deleted' && (",
      'const deleted = false && (',
      'Who comes back waits for two readings for an account that we deleted ourselves.',
    ],
    [
      'enabled-says-an-old-copy',
      'row.active !== false && isNewer(input, link.endedAt)',
      'row.active !== false',
      'A copy of the list from before makes a leaver’s account stay for good.',
    ],
  ),
  ...inFile(
    'plan/holding.ts',
    [
      'returner-by-document-is-new',
      "if (decision !== undefined && input.sync.then.returned !== 'reuse')",
      'if (false)',
      'A document says whose the account is, and who came back gets another one.',
    ],
    [
      'left-alone-but-found-again',
      'const found = pass.matcher.find(personId, person.view, except);',
      'const found = pass.matcher.find(personId, person.view, -1);',
      'Who comes back and is to have a new account gets the old one with all its rights.',
    ],
    [
      'absent-people-are-not-sought',
      "|| isPresent(person, 'away');",
      ';',
      'Who is on leave when rosterd begins keeps an open account.',
    ],
    [
      'former-account-is-forgotten',
      '...(except < 0 ? {} : { except })',
      '...{}',
      'Who comes back is refused by the target in every pass, and nobody is told why.',
    ],
  ),
  ...inFile(
    'plan/replaced.ts',
    [
      'only-the-identity-is-held',
      'const shared = (identity || mapped.spec.unique === true) &&',
      'const shared = identity &&',
      'A new account is asked for with the address that the former one holds.',
    ],
    [
      'any-value-is-held',
      '(identity || mapped.spec.unique === true) && alike(',
      'alike(',
      'Who comes back to the same department gets no account.',
    ],
  ),
  ...inFile(
    'plan/same-identity.ts',
    [
      'two-of-one-identity',
      'if (same.length === 1) continue;',
      'if (same.length <= 2) continue;',
      'One enrolment is made twice, and nothing tells the two apart.',
    ],
    [
      'same-identity-in-capitals',
      'parts.push(keyOf(canonical(value)));',
      'parts.push(keyOf(value));',
      'One enrolment is made twice because of a capital letter.',
    ],
  ),
];

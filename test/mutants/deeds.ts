import { inFile } from './mutant.ts';

/** What is planned, in which order, and what is said about it. */
export const deeds = [
  ...inFile(
    'plan/deeds.ts',
    [
      'ahead-can-be-used',
      "const disabled = decision.deed === 'createDisabled';",
      'const disabled = false;',
      'Who starts in two weeks can log in today.',
    ],
    [
      'creates-where-it-cannot',
      "const refusal = pass.permit(disabled ? 'createDisabled' : 'create');",
      "const refusal = pass.permit('adopt');",
      'Each pass tries to make accounts that the target never makes, and nobody is told.',
    ],
    [
      'adopting-enables-in-any-mode',
      "enables: decision.deed === 'adoptAndEnable' && pass.permit('enable') === undefined,",
      "enables: decision.deed === 'adoptAndEnable',",
      'A mode that only creates opens deactivated accounts.',
    ],
    [
      'adopting-writes-in-any-mode',
      "pass.permit('update') === undefined\n",
      "pass.permit('adopt') === undefined\n",
      'A mode that only creates overwrites what adopted accounts hold.',
    ],
    [
      'partial-pass-locks-nobody-out',
      "decision.deed === 'linkAndDisable' && pass.input.only !== undefined ?",
      'pass.input.only !== undefined ?',
      'A leaver keeps the account when the pass is asked for that person.',
    ],
    [
      'leaver-is-not-linked',
      "links: decision.deed === 'linkAndDisable',",
      'links: false,',
      'Whose the disabled account was is forgotten; somebody else gets it by the address.',
    ],
    [
      'refused-removal-is-silent',
      'const attention = decision.attention || refusal?.attention === true;',
      'const { attention } = decision;',
      'Nobody is told that a leaver’s account stays open.',
    ],
  ),
  ...inFile(
    'plan/why.ts',
    [
      'scope-causes-swapped',
      "link?.mapping === pass.input.sync.digest ? 'data' : 'revision'",
      "link?.mapping === pass.input.sync.digest ? 'revision' : 'data'",
      'A reviewer takes a mistake in `who` for people who moved.',
    ],
    [
      'first-day-is-told-as-drift',
      "if (hasCome(pass, subject, 'start')) {",
      'if (subject.link === undefined) {',
      'Every joiner is reported as somebody whom an administrator had locked out.',
    ],
  ),
  ...inFile(
    'plan/align.ts',
    [
      'only-a-manager-is-nothing',
      'differs.attributes.length > 0 || differs.pending.length > 0',
      'differs.attributes.length > 0',
      'Who gets a new manager and nothing else keeps the old one.',
    ],
    [
      'updates-in-any-mode',
      'const attributes = noUpdate === undefined ? differs.attributes : [];',
      'const { attributes } = differs;',
      'A mode that only creates overwrites accounts.',
    ],
    [
      'references-in-any-mode',
      'const pending = noUpdate === undefined ? differs.pending : [];',
      'const { pending } = differs;',
      'A mode that only creates replaces people’s managers.',
    ],
    [
      'update-instead-of-enable',
      "if (enables) return 'enable';",
      "if (enables && !updates) return 'enable';",
      'Who is back and has a new name stays locked out until the next pass.',
    ],
    [
      'enables-in-any-mode',
      'kindOf(enables && noEnable === undefined, ',
      'kindOf(enables, ',
      'A mode that only creates opens deactivated accounts.',
    ],
  ),
  ...inFile(
    'plan/order.ts',
    [
      'removals-first',
      "kind === 'disable' && situation === 'left'",
      "kind === 'disable' || kind === 'delete'",
      'An account is deleted before its people are handed over to others.',
    ],
    [
      'needs-are-not-sorted',
      'if (sorted.every(({ needs }) => needs.length === 0)) return sorted;',
      'if (sorted.some(({ needs }) => needs.length === 0)) return sorted;',
      'An address is written before its holder gave it up.',
    ],
    [
      'side-by-side',
      'depth = Math.max(depth, need.depth + 1);',
      'depth = Math.max(depth, need.depth);',
      'An address is taken and given up at the same moment, and the target refuses one of them.',
    ],
    [
      'order-of-the-language',
      'return a < b ? -1 : a > b ? 1 : 0;',
      'return a.localeCompare(b);',
      'An approval given on one machine releases nothing on another with another language.',
    ],
  ),
  ...inFile(
    'plan/finish.ts',
    [
      'others-accounts-are-orphans',
      'const owned = input.memory.owners.has(row.id) || accounts.formerOwner(row.id) !== undefined;',
      'const owned = accounts.formerOwner(row.id) !== undefined;',
      'The accounts of another sync are listed as nobody’s, for somebody to delete.',
    ],
    [
      'former-accounts-are-orphans',
      'input.memory.owners.has(row.id) || accounts.formerOwner(row.id) !== undefined;',
      'input.memory.owners.has(row.id);',
      'Each leaver’s account is listed as nobody’s, and makes a first pass wait.',
    ],
    [
      'matched-are-no-strangers',
      'let strangers = pass.matched.size;',
      'let strangers = 0;',
      'A store that was lost makes a second account for people whom the target knows under another key.',
    ],
    [
      'collided-stand-twice',
      'personId === null || !collided.has(personId)',
      'personId !== undefined',
      'Somebody is counted and listed twice.',
    ],
    [
      'protected-are-orphans',
      "accounts.isProtected(row) ? 'protected' : 'orphan'",
      "row.protected === true ? 'protected' : 'orphan'",
      'Administrators are listed as accounts that nobody needs.',
    ],
  ),
  ...inFile(
    'plan/explain.ts',
    [
      'explains-another-account',
      'link?.accountId ?? verdict?.accountId ?? changes',
      'verdict?.accountId ?? changes',
      'The explanation says that somebody has no account who has one.',
    ],
    [
      'explains-without-the-account',
      'account?.values[column]',
      'undefined',
      'Whoever asks why somebody’s name is changed does not see what it is now.',
    ],
    [
      'explains-deactivated-as-active',
      'active: account.active !== false,',
      'active: true,',
      'Whoever asks why somebody cannot log in is told that they can.',
    ],
  ),
  ...inFile('plan/describe.ts', [
    'values-in-the-line',
    'const names = change.attributes.map(({ name }) => name).join',
    'const names = change.attributes.map(({ name, before }) => `${name} ${String(before)}`).join',
    'People’s phone numbers stand in mails and logs.',
  ]),
  ...inFile('plan/document.ts', [
    'page-says-the-contrary',
    "permits.has(deed) ? 'yes' : ''",
    "permits.has(deed) ? '' : 'yes'",
    'A team reads that a mode locks nobody out, and it does.',
  ]),
  ...inFile('plan/findings.ts', [
    'dispute-is-a-failure',
    "situation: 'disputed'",
    "situation: 'failed'",
    'An account that carries another id is shown as a passing error, which nobody clears.',
  ]),
];

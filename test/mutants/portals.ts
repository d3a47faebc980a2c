import { inFile } from './mutant.ts';

/** TalentLMS by API v1, and files. */
export const portals = [
  ...inFile(
    'connectors/talentlms/v1/list.ts',
    [
      'v1-fewer-than-counted',
      'if (proof.records < total) {',
      'if (false) {',
      'A list that ends too early is taken for whole, and people get second accounts.',
    ],
    [
      'v1-short-page-in-the-middle',
      'else if (last < first.length || items.length > first.length) {',
      'else if (items.length > first.length) {',
      'A page with holes is taken for whole.',
    ],
    [
      'v1-user-twice',
      'if (seen.has(id))',
      'if (false)',
      'A list that shifted while it was read is taken for whole.',
    ],
  ),
  ...inFile(
    'connectors/talentlms/v1/accounts.ts',
    [
      'v1-ghost-keeps-the-login',
      "permanent: 'yes'",
      "permanent: 'no'",
      'A deleted account keeps its login, and nobody can have it.',
    ],
    [
      'v1-administrator-is-locked-out',
      "if (isProtectedType(now['user_type'])) {",
      'if (false) {',
      'Who became an administrator since the last look is written to.',
    ],
    [
      'v1-enabled-until-yesterday',
      "return date !== '' && date <= today ?",
      'return false ?',
      'Who comes back is enabled and switched off again by the old date.',
    ],
    [
      'v1-refused-is-deleted',
      'if (isRefusal(answer) && goneIn(answer) === undefined) return refused(order, answer);',
      '',
      'A deletion that was refused counts as done.',
    ],
    [
      'v1-refused-fields-are-written',
      'if (left !== undefined) return { accountId: id, ...left };',
      '',
      'Values that were refused count as written, and are never sent again.',
    ],
  ),
  ...inFile('connectors/talentlms/v1/sign-up.ts', [
    'v1-signed-up-twice',
    "effect: 'once',",
    "effect: 'repeatable',",
    'Somebody is signed up twice after a lost answer.',
  ]),
  ...inFile('connectors/talentlms/v1/once.ts', [
    'v1-done-is-done-again',
    'if (await isDone()) return undefined;',
    '',
    'What was done and not answered is sent again, and counts as failed.',
  ]),
  ...inFile('connectors/talentlms/looked-for.ts', [
    'lms-whoever-is-answered',
    'sameValue(canonicalValue(attribute, rowOf(user, columns, false).values[0]), wanted)',
    'true',
    'A search that also finds what is alike gives somebody another’s account.',
  ]),
  ...inFile('connectors/talentlms/v1/search.ts', [
    'v1-outside-is-inside',
    'const outside = branch !== undefined && !(branchesOf(user) ?? []).includes(branch);',
    'const outside = false;',
    'An account of another branch is taken for one of ours.',
  ]),
  ...inFile('connectors/talentlms/v1/enrollments.ts', [
    'v1-course-of-another',
    "if (idOf(found['id']) !== id || !isWhole) throw",
    'if (false) throw',
    'A course without its users is empty, and everybody is enrolled again.',
  ]),
  ...inFile('connectors/talentlms/v1/answer.ts', [
    'v1-deleted-is-missing',
    "if (/no longer available/i.test(words)) return 'deleted';",
    '',
    'Nobody is told that a deleted user holds the login.',
  ]),
  ...inFile('connectors/talentlms/v1/reader.ts', [
    'v1-called-off-is-whole',
    'signal.throwIfAborted();\n    const { pages,',
    'const { pages,',
    'A reading that was called off counts as everybody.',
  ]),
  ...inFile(
    'connectors/csv/publish.ts',
    [
      'csv-edit-is-overwritten',
      'isInPlace = (await stampOf(path)) === stamp;',
      'isInPlace = true;',
      'What somebody edits in the file while we write is lost.',
    ],
    [
      'csv-file-for-everybody',
      "stamp === 'none' ? 0o600 :",
      "stamp === 'none' ? 0o644 :",
      'Everybody on the machine can read people’s data.',
    ],
  ),
  ...inFile('connectors/csv/writer.ts', [
    'csv-perhaps-written-is-not',
    'if (unknown) return {',
    'if (false) return {',
    'A file that is in place already counts as not written.',
  ]),
  ...inFile(
    'connectors/csv/row-orders.ts',
    [
      'csv-one-of-two-rows',
      'if (table.isDouble(id)) return refuse(',
      'if (false) return refuse(',
      'Of two rows with one id one is changed, and nobody knows whose it is.',
    ],
    [
      'csv-id-is-changed',
      'if (table.idOf(after) !== id) return refuse(',
      'if (false) return refuse(',
      'A row gets another id, and its person a second row.',
    ],
    [
      'csv-row-is-made-twice',
      "if (table.get(id) !== undefined) return refuse('AlreadyThere'",
      "if (false) return refuse('AlreadyThere'",
      'Two rows with one id are made.',
    ],
    [
      'csv-character-is-lost',
      'if (!canEncode(text, encoding))',
      'if (false)',
      'A name is written with question marks, again and again.',
    ],
  ),
  ...inFile('connectors/csv/table.ts', [
    'csv-half-a-file-is-written',
    'await opened.checkUnchanged(signal);',
    '',
    'A file that was being uploaded is written back by half.',
  ]),
  ...inFile('connectors/csv/local-file.ts', [
    'csv-same-size-is-the-same',
    'now.size === stats.size && now.mtimeMs === stats.mtimeMs',
    'now.size === stats.size',
    'Half of an old file and half of a new one count as everybody.',
  ]),
  ...inFile('connectors/csv/record-id.ts', [
    'csv-slash-in-an-id',
    ".replaceAll('/', '%2F')",
    '',
    'Two rows share an id by chance.',
  ]),
];

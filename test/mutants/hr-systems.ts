import { inFile } from './mutant.ts';

/** Reading and writing the HR systems: whole lists, writes that are sent once, what must not be lost. */
export const hrSystems = [
  ...inFile(
    'connectors/bamboohr/reader.ts',
    [
      'bamboo-employee-twice',
      'if (new Set(changes.map(({ id }) => id)).size < changes.length)',
      'if (false)',
      'A list that shifted while it was made is taken for whole.',
    ],
    [
      'bamboo-everybody-is-active',
      "active: record['status'] !== 'Inactive'",
      'active: true',
      'As a target BambooHR has only people who work there, and a leaver’s address proves who somebody is.',
    ],
    [
      'bamboo-called-off-is-whole',
      'signal.throwIfAborted();\n    return {',
      'return {',
      'A reading that was called off counts as everybody.',
    ],
  ),
  ...inFile('connectors/bamboohr/employees.ts', [
    'bamboo-other-fields-remembered',
    'return `${lastChanged} ${this.#print}`;',
    'return lastChanged;',
    'A field that the spec maps from today on is absent for everybody who does not change.',
  ]),
  ...inFile('connectors/bamboohr/decode.ts', [
    'bamboo-wrong-type-is-nothing',
    'faults.push(unreadable(spec));',
    '',
    'A date that is none is told nobody, and is absent.',
  ]),
  ...inFile(
    'connectors/bamboohr/writer.ts',
    [
      'bamboo-create-is-repeated',
      "effect: 'once',\n",
      "effect: 'repeatable',\n",
      'Somebody is made twice after a lost answer.',
    ],
    [
      'bamboo-create-without-an-id',
      "return { outcome: 'unknown', error:",
      "return { outcome: 'not-sent', error:",
      'Somebody is made twice when the answer does not say whom it made.',
    ],
    [
      'bamboo-written-but-remembered',
      'await this.#context.details.forget([accountId]);',
      '',
      'What was written is read back as it was before, and is written again.',
    ],
  ),
  ...inFile(
    'connectors/bamboohr/training-writer.ts',
    [
      'bamboo-training-twice',
      "effect: 'once', method",
      "effect: 'repeatable', method",
      'A training stands twice in somebody’s file.',
    ],
    [
      'bamboo-training-that-is-gone',
      "const isGone = order.kind === 'delete' && answer.status === 404;",
      'const isGone = answer.status === 404;',
      'A training record that somebody deleted counts as written.',
    ],
    [
      'bamboo-training-without-its-date',
      "room === 'record' ? await this.#withDate(order, signal) : set;",
      'set;',
      'No change of a training record is ever taken.',
    ],
  ),
  ...inFile('connectors/bamboohr/webhook.ts', [
    'bamboo-any-signature',
    'theirs.length === ours.length && timingSafeEqual(ours, theirs)',
    'theirs.length === ours.length',
    'Anybody can make the daemon look at people.',
  ]),
  ...inFile(
    'connectors/talenthr/directory.ts',
    [
      'talenthr-total-changes',
      "if (page.total !== total) throw doubt(client, 'changed while it was read');",
      '',
      'People who were pushed over a page border count as absent.',
    ],
    [
      'talenthr-goes-on',
      'if (behind !== undefined && (behind.rows.length > 0 || behind.total !== total)) {',
      'if (false) {',
      'A total that is too small hides the last people.',
    ],
    [
      'talenthr-person-twice',
      'notTwice(client, page.rows, seen);',
      '',
      'Somebody comes twice, and somebody else is missing unseen.',
    ],
    [
      'talenthr-half-of-everybody',
      'if (rows.length !== total) throw',
      'if (false) throw',
      'A look-up in half a list says that somebody is not there, and they are hired again.',
    ],
  ),
  ...inFile(
    'connectors/talenthr/deeds.ts',
    [
      'talenthr-hired-twice',
      "'employees/hire', body, 'once', signal)",
      "'employees/hire', body, 'repeatable', signal)",
      'Somebody is hired twice after a lost answer.',
    ],
    [
      'talenthr-hire-without-an-id',
      "return { key, outcome: 'unknown', error: wrong('AnswerLost', message) };",
      "return { key, outcome: 'not-sent', error: wrong('AnswerLost', message) };",
      'Somebody is hired twice when the answer does not say whom.',
    ],
    [
      'talenthr-refused-is-terminated',
      '(answer.status !== 404 && (await isOver(company, accountId, today, signal)))',
      'answer.status !== 404',
      'A termination that was refused counts as done, and the leaver stays.',
    ],
    [
      'talenthr-other-languages-go',
      'return [id, ...others];',
      'return [id];',
      'The languages that somebody speaks are wiped out.',
    ],
  ),
  ...inFile(
    'connectors/talenthr/rows.ts',
    [
      'talenthr-last-day-is-over',
      "return date < today ? 'terminated' : 'terminating';",
      "return date <= today ? 'terminated' : 'terminating';",
      'A leaver is locked out on the morning of the last day.',
    ],
    [
      'talenthr-owner-is-anybody',
      'return owner === 1 || owner === true ||',
      'return',
      'The owner of the company’s account is terminated with the others.',
    ],
    [
      'talenthr-deleted-is-absent',
      "...(status === 'deleted' ? { deleted: true } : {}),",
      '',
      'Who was deleted in HR keeps the account.',
    ],
    [
      'talenthr-gone-between-two-looks',
      'if (gone === true) faults.push(',
      'if (false) faults.push(',
      'The fields of somebody who cannot be read singly count as absent without a word.',
    ],
  ),
  ...inFile(
    'connectors/talenthr/reader.ts',
    [
      'talenthr-in-two-lists',
      'if (ids.has(id)) return false;',
      '',
      'Whoever is in two lists of the directory is an error of double records.',
    ],
    [
      'talenthr-custom-field-of-nobody',
      'missing.check(this.#client);',
      '',
      'A custom field that was renamed empties the attribute of everybody.',
    ],
  ),
  ...inFile('connectors/talenthr/details.ts', [
    'talenthr-another-person-answered',
    "if (record['id'] !== undefined && idOf(record['id']) !== id) {",
    'if (false) {',
    'Somebody gets the details of another person.',
  ]),
  ...inFile('connectors/failed-write.ts', [
    'lost-answer-is-nothing',
    'error instanceof LostAnswer || (',
    '(',
    'Somebody whose hire was answered by nobody is hired again.',
  ]),
  ...inFile(
    'connectors/singly.ts',
    [
      'changed-but-remembered',
      "stored['print'] === this.#fingerprint(item)",
      "stored['print'] !== undefined",
      'A change of department is seen a day later.',
    ],
    [
      'read-in-the-future',
      'Math.abs(clock.now() - readAt)',
      '(clock.now() - readAt)',
      'After the clock was ahead nobody’s new department is seen for years.',
    ],
  ),
  ...inFile(
    'connectors/talenthr/payload.ts',
    [
      'talenthr-head-of-the-company',
      "if (name === 'manager.id' && !isHire) {",
      'if (false) {',
      'Whoever has no manager becomes the head of the company.',
    ],
    [
      'talenthr-mails-everybody',
      'prevent_email: !everybody.invite,',
      'prevent_email: false,',
      'Everybody who is hired gets a mail that nobody wanted.',
    ],
  ),
];

import { inFile } from './mutant.ts';

/** Reading a third party's copy of an HR system: what makes a short one look whole, and what is said of other people. */
export const merged = [
  ...inFile(
    'connectors/merge/copy.ts',
    [
      'merge-first-copy-counts',
      "if (status['is_initial_sync'] !== false && now !== 'DONE') {",
      'if (false) {',
      'While Merge makes its first copy, whoever is not in it yet has vanished.',
    ],
    [
      'merge-failed-copy-counts',
      'if (!isGood)',
      'if (false)',
      'A copy that failed half-way is taken for whole.',
    ],
    [
      'merge-renewed-after-a-failure',
      "const last = now === 'SYNCING' ? wordOf(status['last_sync_result']) : now;",
      "const last = now === 'SYNCING' ? 'DONE' : now;",
      'While Merge tries again after a failure, the failed copy is taken for whole.',
    ],
    [
      'merge-filter-keeps-people-out',
      "if (rules.selectiveSync === 'refuse' && status['selective_sync_configurations_usage'] === 'IN_LAST_SYNC') {",
      'if (false) {',
      'A filter that somebody set in Merge makes everybody outside of it vanish.',
    ],
    [
      'merge-old-copy-counts',
      'if (hours >= rules.maxCopyAgeHours) {',
      'if (false) {',
      'A copy that was not renewed for a month is acted on.',
    ],
    [
      'merge-newest-part-tells-the-age',
      'const asOf = Math.min(...moments);',
      'const asOf = Math.max(...moments);',
      'A reading says that it is newer than a part of it is, and absence is proven too early.',
    ],
    [
      'merge-end-tells-the-age',
      'return (isOfLast ? start : end)',
      'return (end)',
      'Who was hired while Merge copied counts as missing from a later moment.',
    ],
  ),
  ...inFile(
    'connectors/merge/pages.ts',
    ['merge-record-twice', 'if (ids.has(id))', 'if (false)', 'Pages that shifted are taken for whole.'],
    ['merge-pages-in-a-circle', 'if (cursors.has(next))', 'if (false)', 'A reading never ends.'],
    [
      'merge-no-word-about-the-next',
      "if (typeof next !== 'string' || next === '') throw doubt('a page that does not tell of the next');",
      "if (typeof next !== 'string' || next === '') return { items, next: undefined };",
      'A page whose end is missing is taken for the last one.',
    ],
    [
      'merge-empty-object-is-a-page',
      "if (items === undefined) throw doubt('a list without results');",
      'if (items === undefined) return { items: [], next: undefined };',
      'An error with status 200 is an HR system without anybody.',
    ],
  ),
  ...inFile(
    'connectors/merge/reader.ts',
    [
      'merge-copy-begun-anew',
      'await wholeCopy(this.#client, plan.models, this.#context, signal);\n        const gone',
      'const gone',
      'A copy that was begun anew while it was read is short, and is taken for whole.',
    ],
    [
      'merge-nobody-in-a-copy-begun-anew',
      'await wholeCopy(this.#client, plan.models, this.#context, signal);\n    return',
      'return',
      'Somebody who is not copied yet is nobody.',
    ],
    [
      'merge-finds-somebody-else',
      'sameValue(values[at], key.value)',
      'true',
      'A filter that Merge ignores finds everybody for one.',
    ],
  ),
  ...inFile(
    'connectors/merge/standing.ts',
    [
      'merge-stale-after-a-lost-link',
      "if (status === 'RELINK_NEEDED')",
      'if (false)',
      'An HR system that no longer lets Merge in looks like one in which nothing happens.',
    ],
    [
      'merge-another-customer',
      'if (endUser !== undefined && originId !== endUser.originId) {',
      'if (false) {',
      'The people of another company are read under this name.',
    ],
  ),
  ...inFile(
    'connectors/merge/decode.ts',
    [
      'merge-hidden-is-empty',
      'const raw = isHidden ? undefined : column.read(employee, today);',
      'const raw = column.read(employee, today);',
      'A scope that somebody switches off clears the attribute of everybody.',
    ],
    [
      'merge-deleted-is-here',
      "...(employee['remote_was_deleted'] === true ? { deleted: true } : {}),",
      '',
      'Who was deleted in the HR system goes on as before.',
    ],
  ),
  ...inFile('connectors/merge/departed.ts', [
    'merge-made-anew-has-left',
    'filter(({ id }) => !this.#here.has(id))',
    'filter(({ id }) => id !== undefined)',
    'Who was made anew under an old number counts as deleted.',
  ]),
  ...inFile('connectors/merge/employments.ts', [
    'merge-job-of-tomorrow',
    'dayOf(one) <= today).toSorted(byAge)',
    "dayOf(one) !== '').toSorted(byAge)",
    'A promotion that comes next year shows today.',
  ]),
  ...inFile(
    'connectors/merge/webhook.ts',
    [
      'merge-token-of-another-customer',
      "if (!isOurs) return { kind: 'genuine', people: [], id };",
      '',
      'The token of another company’s account takes the place of ours.',
    ],
    [
      'merge-unsigned-counts',
      'return theirs.length === ours.length && timingSafeEqual(ours, theirs);',
      'return theirs.length === 0 || timingSafeEqual(ours, theirs);',
      'Whoever knows the address can hand over a token.',
    ],
  ),
  ...inFile('connectors/merge/link.ts', [
    'merge-linked-again-at-once',
    "account['status'] !== 'COMPLETE' || this.#isAsBefore(account)",
    "account['status'] !== 'COMPLETE'",
    'Linking again is said to be done before anybody did anything.',
  ]),
];

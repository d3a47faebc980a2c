import { inFile } from './mutant.ts';

/** What is written into an account. */
export const values = [
  ...inFile('plan/map.ts', [
    'null-always-clears',
    "if (isNothing(found.value)) return nothing(mapped, 'is null');",
    '',
    'A null in the source empties a value that the spec says to keep.',
  ]),
  ...inFile(
    'plan/diff.ts',
    [
      'read-only-is-sent',
      'if (attribute.mapped.spec.write === undefined) continue;',
      '',
      'No account can be made, because the target refuses an attribute that cannot be written.',
    ],
    [
      'written-counts-as-seen',
      'applied: quiet ? remembered.news() : remembered.seen',
      'applied: remembered.news()',
      'A revision that is still held is shown as a change of data.',
    ],
    [
      'other-manager-is-owed',
      "(kind === 'person' && isEmpty(before))",
      "kind === 'person'",
      'Everybody’s manager is replaced past the limit.',
    ],
  ),
  ...inFile(
    'plan/attribute-change.ts',
    [
      'empty-text-clears-nothing',
      "clears: held && 'value' in after && isEmpty(after.value),",
      "clears: held && 'value' in after && after.value === null,",
      'An export with blank cells empties the phone numbers of everybody, past the limit.',
    ],
    [
      'first-address-is-a-rename',
      'renames: held && mapped.spec.rename === true,',
      'renames: mapped.spec.rename === true,',
      'People who get their first address are held as renamed.',
    ],
  ),
  ...inFile(
    'plan/list.ts',
    [
      'everything-in-a-list-is-ours',
      'const isOurs = (key: string) => earlier.has(markOf(key));',
      'const isOurs = (_key: string) => true;',
      'Groups that somebody gave by hand are taken away with the first one of ours.',
    ],
    [
      'tolerated-is-taken-away',
      'return !collection.tolerates(String(element));',
      'return true;',
      'Elements that the spec says to leave are taken away in every pass.',
    ],
    [
      'what-stays-is-forgotten',
      'return [...added.map(([key]) => key), ...stay]',
      'return [...added.map(([key]) => key)]',
      'A group that we gave last year is never taken away any more.',
    ],
  ),
  ...inFile('plan/held-candidate.ts', [
    'counted-login-is-given-up',
    'if (held !== undefined || !hasCounter(attribute) ||',
    'if (true ||',
    'Whoever has a login with a number gets another one in every pass.',
  ]),
  ...inFile(
    'plan/choices.ts',
    [
      'two-get-the-same-login',
      'if (this.#given.has(this.#keyOf(choice, value))) return true;',
      '',
      'Two newcomers of one name are both refused.',
    ],
    [
      'login-by-order-of-arrival',
      'choosing.toSorted((a, b) => compareText(a.personId, b.personId))',
      'choosing',
      'Another order of the list gives two newcomers each other’s login, and an approval says nothing any more.',
    ],
  ),
  ...inFile(
    'plan/judge.ts',
    [
      'identity-is-overwritten',
      "if (attribute.identity && !isEmpty(before) && !remembered.isTakenOver) return 'disputed';",
      '',
      'An account that belongs to somebody else by its id is made ours.',
    ],
    [
      'blank-is-not-filled',
      "mapped.policy === 'seed-if-empty' && !isEmpty(before)) return 'same';",
      "mapped.policy === 'seed-if-empty' && before !== undefined) return 'same';",
      'People whose attribute is blank never get the value.',
    ],
    [
      'create-only-is-written-later',
      "if (mapped.spec.write !== 'always') return 'drift';",
      '',
      'Each pass sends what the target refuses, and the whole update of that person fails.',
    ],
    [
      'follow-overwrites-by-hand',
      "return remembered.hasChanged(attribute, value) ? 'write' : 'drift';",
      "return remembered.differs(name, value) ? 'write' : 'drift';",
      'What people entered themselves is overwritten on the first pass after a store was lost.',
    ],
    [
      'secret-fields-are-sent-again',
      "return mapped.spec.type === 'picture' && mapped.policy === 'enforce' ? 'write' : 'same';",
      "return mapped.policy === 'enforce' ? 'write' : 'same';",
      'Everybody who is adopted gets a value overwritten that cannot be read back.',
    ],
    [
      'numbers-are-never-alike',
      'return String(before) === value;',
      'return before === value;',
      'Everybody’s manager is written in every pass, until the limit holds all updates.',
    ],
  ),
  ...inFile(
    'plan/strays.ts',
    [
      'stuck-a-pass-later',
      'return strays + 1 >= enough;',
      'return strays >= enough;',
      'A value that the target refuses counts in the limits one pass longer than is said.',
    ],
    [
      'strays-of-another-mapping',
      'previous.mapping !== mapping ||',
      '',
      'A value of the new specs is never written, because one of the old specs did not stick.',
    ],
    [
      'strays-of-another-account',
      'if (accountId !== null && accountId !== previous.accountId) return undefined;',
      '',
      'A value is not written into a new account, because the old one did not keep it.',
    ],
    [
      'strays-add-up',
      'else counts.delete(name);',
      '',
      'A value that somebody changed by hand three times in a year is given up.',
    ],
    [
      'converged-is-not-forgotten',
      'for (const name of attributes) counts.delete(name);',
      '',
      'A value is given up for ever, although the target has kept it since.',
    ],
  ),
  ...inFile(
    'plan/remembered.ts',
    [
      'stuck-for-any-value',
      '0) && this.knows(name) && !this.differs(name, value);',
      '0) && this.knows(name);',
      'A new name is never written, because the old one did not stick.',
    ],
    [
      'stuck-under-any-mapping',
      '|| link.mapping !== this.#digest ? none',
      '? none',
      'A mistake in the specs is mended, and the mended value is never written.',
    ],
    [
      'memory-of-the-one-before',
      'this.#hashes = undefined;',
      '',
      'What was written to one person is taken for what was written to the next.',
    ],
    [
      'news-of-the-one-before',
      'this.#news = undefined;',
      '',
      'What one person’s account holds is remembered of the next.',
    ],
    [
      'causes-swapped',
      "return this.#link.mapping === this.#digest ? 'data' : 'revision';",
      "return this.#link.mapping === this.#digest ? 'revision' : 'data';",
      'A reviewer takes a mass change for new data, when it is a mistake in the specs.',
    ],
    [
      'new-specs-owe-everything',
      'this.#link !== undefined && this.#link.mapping === this.#digest && !this.knows(name)',
      'this.#link !== undefined && !this.knows(name)',
      'A new mapping fills everybody’s manager past the limit.',
    ],
    [
      'emptied-by-hand-is-owed',
      'this.#link.mapping === this.#digest && !this.knows(name);',
      'this.#link.mapping === this.#digest;',
      'Managers that somebody emptied are all written again past the limit.',
    ],
  ),
  ...inFile(
    'plan/memory.ts',
    [
      'earlier-values-are-forgotten',
      '= Object.fromEntries(unpackHashes(previous));',
      '= {};',
      'After any update, values that people entered themselves are overwritten or never followed again.',
    ],
    [
      'absence-begins-anew',
      'absentSince: link.absentSince ?? asOf',
      'absentSince: asOf',
      'Who vanished is never looked at: the time allowed never ends.',
    ],
    [
      'absence-keeps-its-beginning',
      'absentReads: 0, absentSince: null };',
      'absentReads: 0 };',
      'Who was missing once last year loses the account on the second day of the next absence.',
    ],
    [
      'mapping-is-never-agreed',
      'applied, mapping };',
      'applied };',
      'Everybody is hashed in every pass, and each change is shown as one of the specs.',
    ],
  ),
  ...inFile(
    'plan/prepared.ts',
    [
      'empty-list-is-a-value',
      '|| (Array.isArray(value) && value.length === 0)',
      '',
      'Everybody without groups is updated in every pass, until the limit holds all updates.',
    ],
    [
      'nothing-differs-from-nothing',
      'if (isEmpty(actual) || isEmpty(desired)) return isEmpty(actual) && isEmpty(desired);',
      'if (actual === undefined) return false;',
      'Who has nothing is updated in every pass to have nothing.',
    ],
    [
      'target-in-its-own-spelling',
      'attribute.canonical(actual as Value)',
      '(actual as Value)',
      'Addresses entered by hand in capitals are renamed in every pass.',
    ],
    [
      'keep-is-immediately',
      "left: left.disable === 'keep' ?",
      "left: left.disable !== 'at-end-of-day' ?",
      'Where leavers are to go at once, they keep their accounts.',
    ],
  ),
];

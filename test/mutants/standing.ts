import { inFile } from './mutant.ts';

/** Whether a person is here, away or gone, and takes part. */
export const standing = [
  ...inFile(
    'plan/status.ts',
    [
      'last-day-counts-as-over',
      'const over = lastDay < today.date;',
      'const over = lastDay <= today.date;',
      'A leaver is locked out on the morning of the last day.',
    ],
    [
      'status-ends-before-last-day',
      "if (over && status.fact === 'left') return",
      "if (status.fact === 'left') return",
      'Who is entered as a leaver weeks ahead is locked out at once.',
    ],
    [
      'one-day-of-work',
      'lastDay < dates.starts.date)',
      'lastDay <= dates.starts.date)',
      'The account of somebody who came for one day stays open.',
    ],
    [
      'first-day-is-too-early',
      'starts.date <= today.date)',
      'starts.date < today.date)',
      'Nobody has an account on the first day of work.',
    ],
    [
      'left-never-waits',
      "sync.then.left.disable === 'immediately')",
      "sync.then.left.disable !== 'keep')",
      'A status entered early locks people out before their last day.',
    ],
    [
      'bad-start-keeps-leavers',
      "if (status.fact === 'left' || status.fact === 'failed') return status;",
      "if (status.fact === 'failed') return status;",
      'A start date that cannot be read keeps the account of a leaver open.',
    ],
    [
      'bad-start-locks-out',
      "if (dates.starts.kind === 'fault') return failed(dates.starts.fault);",
      '',
      'Somebody who came back is locked out for an earlier last day, because the new start cannot be read.',
    ],
    [
      'blank-date-is-a-fault',
      "|| result.value === '') return noDate;",
      ') return noDate;',
      'Everybody whose last day is a blank cell is an error, and gets no changes.',
    ],
    [
      'date-needs-a-status',
      'if (over) return byLastDay(lastDay);',
      "if (over && status.fact !== 'here') return byLastDay(lastDay);",
      'Who left keeps the account as long as nobody corrects the status.',
    ],
    [
      'unknown-status-is-here',
      'if (rule.here.has(value)) return here;',
      'if (!rule.away.has(value)) return here;',
      'A status that nobody has listed ("terminated") gives people accounts.',
    ],
    [
      'cancelled-before-start',
      "return begun({ ...here, reason: 'last day still to come' }, dates.starts, today);",
      "return { ...here, reason: 'last day still to come' };",
      'Somebody whose contract is ended before it began gets an account before the first day.',
    ],
    [
      'no-status-means-left',
      "fact: 'undecided',",
      "fact: 'left',",
      'A status column that is empty for once locks everybody out.',
    ],
  ),
  ...inFile(
    'plan/today.ts',
    [
      'one-zone-for-all',
      'moment.toZonedDateTimeISO(zone)',
      "moment.toZonedDateTimeISO('UTC')",
      'People in America are locked out on the afternoon of their last day.',
    ],
    [
      'unknown-zone-is-utc',
      'if (error instanceof RangeError) return undefined;',
      "if (error instanceof RangeError) return moment.toZonedDateTimeISO('UTC').toPlainDate().toString();",
      'A misspelt time zone goes unseen, and people leave a day early or late.',
    ],
  ),
  ...inFile(
    'plan/person.ts',
    [
      'faulty-record-is-not-deleted',
      'if (row.deleted === true) return',
      'if (row.deleted === true && row.fault === undefined) return',
      'Who was deleted in the HR system keeps the account when what is left of the record is faulty.',
    ],
    [
      'double-records-are-used',
      'if (this.#doubles.has(row.id)) return',
      'if (this.#doubles.has(row.id) && row.fault !== undefined) return',
      "One of two contradicting records decides over somebody's account.",
    ],
    [
      'expressions-see-utc',
      'const right = date === undefined || date === this.#utc ? view : this.#binder.bind(row.values, date);',
      'const right = view;',
      'A clause on today is a day off for people far from Greenwich.',
    ],
    [
      'constant-zone-is-ignored',
      'today: dateOr(date, timezone.constant),',
      'today: dateOr(this.#utc, timezone.constant),',
      'A company in Auckland locks leavers out a day late.',
    ],
  ),
  ...inFile(
    'plan/filter.ts',
    [
      'absent-hides-faults',
      'return failed ?? undecided ?? inScope;',
      'return undecided ?? failed ?? inScope;',
      'A clause that breaks for everybody is told to nobody.',
    ],
    [
      'null-clause-is-false',
      "else if (result.kind === 'absent' || result.value === null) {",
      "else if (result.kind === 'absent') {",
      'People of whom nothing is known are taken for out of scope, and lose their accounts.',
    ],
    [
      'fault-wins-over-false',
      'result.value !== true) return {',
      'result.value !== true && failed === undefined) return {',
      'People who have nothing to do with the sync are errors in every pass.',
    ],
  ),
  ...inFile(
    'plan/situations.ts',
    [
      'no-grace-for-absence',
      "grace: ['over'], account: ['linked']",
      "account: ['linked']",
      'Who is missing from one export loses the account.',
    ],
    [
      'faulty-account-stays-open',
      "account: ['linked', 'doubtful'] }",
      "account: ['linked'] }",
      'The account of a leaver stays open because its record is odd.',
    ],
    [
      'leaver-during-absence-stays',
      "...leaver, account: ['ended', 'endedAway'] }",
      "...leaver, account: ['ended'] }",
      'Who leaves while on parental leave keeps an account that somebody enabled again.',
    ],
    [
      'out-of-scope-again-and-again',
      "account: ['linked'], usable: [true], policy: { outOfScope",
      "account: ['linked'], policy: { outOfScope",
      'Every pass disables the same people again, until a limit holds all of them.',
    ],
    [
      'away-again-and-again',
      "const disables = { status: ['away'], usable: [true],",
      "const disables = { status: ['away'],",
      'Every pass disables the same people again, until a limit holds all of them.',
    ],
    [
      'early-access-for-linked',
      "{ account: ['linked'], usable: [false], status: ['here'] }",
      "{ account: ['linked'], usable: [false] }",
      'Who starts next month can log in today.',
    ],
    [
      'early-access-for-matched',
      "{ account: ['one'], usable: [false], status: ['here'] }",
      "{ account: ['one'], usable: [false] }",
      'Who starts next month gets the old account back today.',
    ],
    [
      'missing-is-made-anew',
      "row({ account: ['missing'] }, 'missing', 'nothing', 'account', true),",
      "row({ account: ['missing'] }, 'missing', 'create', 'account', true),",
      'An account that somebody deleted on purpose is made anew.',
    ],
    [
      'undecided-is-written-to',
      "row({ status: ['undecided'] }, 'undecided', 'nothing', 'status'),",
      '',
      'Accounts change although the source does not say whether the person is here.',
    ],
    [
      'undecided-scope-is-in',
      "row({ scope: ['undecided'] }, 'undecided', 'nothing', 'scope'),",
      '',
      'A department that is missing for once gives people accounts.',
    ],
    [
      'faulty-person-is-written-to',
      "row({ status: ['failed'] }, 'failed', 'nothing', 'status', true),",
      '',
      'A record that contradicts itself is written into an account.',
    ],
    [
      'first-absent-decides-for-all',
      '${facts.scope} ${facts.grace}`',
      '${facts.scope}`',
      'Because one person has been absent for weeks, everybody missing today loses the account.',
    ],
  ),
  ...inFile(
    'plan/permit.ts',
    [
      'upsert-takes-away',
      "upsert: new Set(['create', 'adopt', 'update', 'enable']),",
      "upsert: new Set(['create', 'adopt', 'update', 'enable', 'disable']),",
      'A mode that promises to lock nobody out locks leavers out.',
    ],
    [
      'inability-is-silent',
      'attention: true };',
      'attention: false };',
      'Nobody is told that accounts of leavers stay open because the system cannot disable.',
    ],
    [
      'target-cannot-but-tries',
      "kind === 'adopt' || shape.abilities[kind]",
      "kind === 'adopt' || kind === 'enable' || shape.abilities[kind]",
      'Each pass sends enables that the target refuses.',
    ],
  ),
];

import { inFile } from './mutant.ts';

/** What is remembered, when the daemon wakes, and what is told to people. */
export const kept = [
  ...inFile(
    'reconcile/welcome.ts',
    [
      'welcomed-before-the-day',
      'return new Date(clock.now())',
      'return true || new Date(clock.now())',
      'Hundreds get a welcome years after they began.',
    ],
    [
      'first-load-is-welcomed',
      'if (!(await store.syncState(sync.name)).firstPassDone) return false;',
      '',
      'Everybody who is there already gets a welcome mail on the first day.',
    ],
    [
      'welcomed-without-an-account',
      "if (welcome === undefined || outcome !== 'applied') return {};",
      'if (welcome === undefined) return {};',
      'Somebody whose account was refused is told that it is there.',
    ],
    [
      'adopted-are-welcomed',
      'if (welcome === undefined || change.welcomes !== true) return undefined;',
      'if (welcome === undefined) return undefined;',
      'The load of a first pass that waited for approval is welcomed.',
    ],
    [
      'name-with-a-line-break',
      'subject: oneLine(fill(welcome.subject, set))',
      'subject: fill(welcome.subject, set)',
      'A name with a line break keeps the welcome from being sent.',
    ],
    [
      'welcomed-twice',
      'id: `welcome-${key}`',
      'id: `welcome-${key}-${at}`',
      'Whose answer was lost gets two welcomes.',
    ],
  ),
  ...inFile(
    'reconcile/recipients.ts',
    [
      'mail-to-a-leaver',
      'if (active === false) continue;',
      '',
      'Notices with people’s names go to somebody who has left.',
    ],
    [
      'capitals-are-strangers',
      'left.delete(value.toLowerCase());',
      'left.delete(value);',
      'An owner gets no notices because of a capital letter.',
    ],
  ),
  ...inFile(
    'store/queries/former-values.ts',
    [
      'former-in-any-target',
      ".where('target', '=', target)",
      '',
      'An address is quarantined in one system because it was given up in another.',
    ],
    [
      'first-time-counts',
      ".doUpdateSet((eb) => ({ at: eb.ref('excluded.at') }))",
      '.doNothing()',
      'The quarantine of an address that was given up twice ends too early.',
    ],
  ),
  ...inFile('store/queries/stand-ins.ts', [
    'one-list-for-all-syncs',
    ".where('sync', '=', sync)",
    '',
    'One sync wipes out who waits in the others, and their accounts are closed.',
  ]),
  ...inFile(
    'store/queries/due.ts',
    [
      'few-people-wipe-the-list',
      'only?.has(personId) ?? true',
      'true',
      'After a webhook the daemon forgets when everybody else’s last day is over.',
    ],
    [
      'due-just-now',
      ".where('at', '<=', until)",
      ".where('at', '<', until)",
      'Who is due at this very moment is passed over.',
    ],
  ),
  ...inFile(
    'store/queries/links.ts',
    [
      'ended-links-own',
      ".where('state', '=', active)",
      '',
      'An account that somebody left counts as theirs, and its new holder is not written to.',
    ],
    [
      'why-it-ended-is-not-kept',
      "ended: eb.ref('excluded.ended'),",
      '',
      'An account that was disabled for a leave is deleted as a leaver’s.',
    ],
    [
      'from-whom-it-came-is-not-kept',
      "taken_from: eb.ref('excluded.taken_from'),",
      '',
      'An account that was handed over is never given its new identity.',
    ],
  ),
  ...inFile(
    'daemon/hooks.ts',
    [
      'accounts-of-other-syncs',
      '.filter((owner) => owner?.sync === name)',
      '',
      'A webhook about an account of another sync wakes people with the same number.',
    ],
    [
      'who-only-looks-is-woken',
      "return mode !== 'observe' && entity === 'person' &&",
      "return entity === 'person' &&",
      'Webhooks make a sync that only looks read everything, again and again.',
    ],
    [
      'repeated-is-done-again',
      "return known === 'new' ? found :",
      "return known !== 'stale' ? found :",
      'Whoever recorded a webhook can send it again and again.',
    ],
    [
      'logs-what-a-bug-says',
      "known ? error.message : 'verify failed'",
      'String((error as Error).message)',
      'A part of somebody’s record stands in the log.',
    ],
    [
      'suspended-is-woken',
      'suspensionOf(sync, specs, now) === undefined;',
      'true;',
      'A sync that was suspended is woken by webhooks.',
    ],
  ),
  ...inFile(
    'daemon/seen-webhooks.ts',
    [
      'sent-next-year',
      'ageMs >= -windowMs && ageMs <= withinMs',
      'ageMs <= withinMs',
      'A webhook that claims to be of next year is taken for ever.',
    ],
    [
      'one-memory-for-all',
      'return `${connection}\\n${id}`;',
      'return id;',
      'A webhook is lost because another system sent one with the same id.',
    ],
    [
      'forgotten-while-it-counts',
      ': withinMs + windowMs)',
      ': withinMs)',
      'A webhook that was sent ahead of our clock is taken twice.',
    ],
  ),
  ...inFile(
    'daemon/due-moments.ts',
    [
      'taken-by-a-clock-that-was-ahead',
      'const taken = Math.min(this.#taken.get(sync) ?? Number.MIN_SAFE_INTEGER, now);',
      'const taken = this.#taken.get(sync) ?? Number.MIN_SAFE_INTEGER;',
      'After the clock was ahead by a year nobody’s last day wakes the daemon.',
    ],
    [
      'taken-again-and-again-by-a-clock-that-was-ahead',
      'this.#taken.set(sync, taken);',
      '',
      'After the clock was ahead whoever is due now counts as looked at, for a year.',
    ],
    [
      'old-list-goes-on',
      'changed(sync: string): void {\n    this.#known.delete(sync);',
      'changed(sync: string): void {\n',
      'Whose last day was just entered waits, because the old list is remembered.',
    ],
    [
      'asked-once-for-ever',
      'if (known !== undefined && steady - known.asked < minuteMs) return known;',
      'if (known !== undefined) return known;',
      'Moments that another process wrote down wake nobody.',
    ],
    [
      'due-while-suspended',
      'suspensionOf(sync, specs, now) === undefined;',
      'true;',
      'A sync that was suspended is woken by a date, again and again.',
    ],
  ),
  ...inFile(
    'daemon/whole-looks.ts',
    [
      'few-people-make-everybody-wait',
      "(trigger !== 'webhook' && trigger !== 'due') || summary.partial !== undefined",
      "trigger !== 'webhook' && trigger !== 'due'",
      'After a look at one person the next leaver waits.',
    ],
    [
      'waits-for-hours',
      'Math.min(longestMs, rest * tookMs)',
      'rest * tookMs',
      'After a slow look leavers wait for hours.',
    ],
  ),
  ...inFile('notify/outbox.ts', [
    'perhaps-sent-and-sent-again',
    "const second = result === 'unknown' && perhapsSent.has(mail.id);",
    'const second = false;',
    'A newcomer gets the welcome again and again for three days.',
  ]),
  ...inFile(
    'notify/mail.ts',
    [
      'header-in-a-subject',
      'if (/\\p{Cc}/u.test(line)) throw',
      'if (false) throw',
      'A name with a line break adds a recipient to a mail.',
    ],
    [
      'addresses-in-the-log',
      ': `the mail server answered ${responseCode}`;',
      ': messageOf(error);',
      'The mail server’s answer, with people’s addresses, stands in the log.',
    ],
  ),
  ...inFile('server/hooks.ts', [
    'refused-is-accepted',
    'refused: [401,',
    'refused: [202,',
    'Nobody sees that the secret of the webhooks is wrong, and leavers wait for the schedule.',
  ]),
];

import { inFile } from './mutant.ts';

/** Several syncs about one account: pairs, precedence, and references through the links of others. */
export const directions = [
  ...inFile(
    'plan/takeover.ts',
    [
      'old-news-keeps-it-open',
      ' && now - one.seenAt <= stalestMs',
      '',
      'A leaver’s account stays open because of a list that nobody has read for months.',
    ],
    [
      'heir-of-next-year',
      '.filter(({ starts }) => starts === null || starts <= tomorrow)',
      '',
      'A leaver’s account stays open for a year, until the heir begins.',
    ],
    [
      'precedence-upside-down',
      'if (theirs < precedence) {',
      'if (theirs > precedence) {',
      'The account of a member of staff follows the list of guests.',
    ],
    [
      'looking-gives-away',
      "if (heir === undefined || sync.mode === 'observe') return decision;",
      'if (heir === undefined) return decision;',
      'A sync that only looks says that it gives an account away.',
    ],
    [
      'absent-once-and-given-away',
      "return situation === 'vanished' && grace === 'over';",
      "return situation === 'vanished';",
      'One list that lacks somebody gives the account away.',
    ],
    [
      'taken-over-before-the-first-day',
      "if (!isIn || (facts.status !== 'here' && facts.status !== 'away')) {",
      'if (!isIn) {',
      'Who begins next month takes the account from whom they are until then.',
    ],
    [
      'last-heir-first',
      '.toSorted((a, b) => rank(a) - rank(b));',
      '.toSorted((a, b) => rank(b) - rank(a));',
      'Of two systems the one without precedence gets the account.',
    ],
  ),
  ...inFile(
    'plan/pair.ts',
    [
      'created-in-both',
      'if (!unsettled) return undefined;',
      'return undefined;',
      'Somebody who was just made here is made there, and comes back as another person.',
    ],
    [
      'follower-opens-accounts',
      'return `deactivated in the target: ${says}`;',
      'return undefined;',
      'A leaver in HR is opened again because the portal still has them.',
    ],
    [
      'follower-ends-the-ended',
      "if (their?.state === 'tombstone') return `disabled by",
      'if (false) return `disabled by',
      'That an account was disabled comes back to HR as a leaver.',
    ],
    [
      'follower-reuses-the-ended',
      "if (deed === 'reuse' && their?.state === 'tombstone')",
      'if (false)',
      'A leaver in HR is opened again by the sync that follows.',
    ],
    [
      'leader-opens-who-is-leaving',
      'if (!partnerEnds || facts.usable',
      'if (true || facts.usable',
      'Who was deactivated in the portal is opened before HR hears of it.',
    ],
    [
      'creator-remembers-values',
      "return pair === undefined || mode === 'upsert' || mode === 'full';",
      'return true;',
      'An edit in HR is taken for what the portal wrote there, and is lost.',
    ],
  ),
  ...inFile(
    'plan/pair-echo.ts',
    [
      'half-an-edit-is-an-echo',
      'const same = reads.every(',
      'const same = reads.some(',
      'A new surname is not written, because the first name is as it was.',
    ],
    [
      'numbers-are-edits',
      "if (typeof value === 'number') return [own,",
      "if (typeof value === 'bigint') return [own,",
      'A number comes back as an edit, and the two systems write for ever.',
    ],
    [
      'written-at-the-same-moment',
      '(lastLook === null || at >= lastLook)',
      '(lastLook === null || at > lastLook)',
      'What was written in the moment of a look comes back as an edit.',
    ],
    [
      'spelling-of-the-other',
      'if (sync.pair === undefined) return hash;',
      'return hash;',
      'What the target spells in its own way comes back as an edit.',
    ],
  ),
  ...inFile(
    'plan/pair-links.ts',
    [
      'first-link-found-wins',
      "if (known !== undefined && (known.state === 'active' || their.state !== 'active')) continue;",
      'if (known !== undefined) continue;',
      'The link of a leaver hides who has the account now.',
    ],
    [
      'leader-obeys-the-follower',
      "else if (sync.pair?.role === 'follows' && own.accountId",
      'else if (own.accountId',
      'A link that ended in the portal ends the person in HR’s sync.',
    ],
    [
      'ended-links-own-accounts',
      "if (state === 'active' && !shared.has(accountId))",
      'if (!shared.has(accountId))',
      'The account of somebody who left can be nobody else’s.',
    ],
  ),
  ...inFile(
    'plan/via.ts',
    [
      'ended-links-lead-on',
      "if (state !== 'active' || target !== list) continue;",
      'if (target !== list) continue;',
      'A training record is written to the leaver whose account went to somebody else.',
    ],
    [
      'links-into-another-list',
      "if (state !== 'active' || target !== list) continue;",
      "if (state !== 'active') continue;",
      'After a sync was pointed at another system, records are written to whoever has that id there.',
    ],
    [
      'without-a-counterpart-and-gone',
      "return end?.kind === 'absent' ? end : { kind: 'value', value: true };",
      "return { kind: 'value', value: true };",
      'The enrolments of everybody whose link is missing are a failure, and are made again.',
    ],
    [
      'half-a-rule-finds-nobody',
      'waitingFor(`${id}.${item.attribute}`, item.expression, sync.place)',
      '[]',
      'An enrolment that is there is made again, because its course is not linked yet.',
    ],
  ),
  ...inFile(
    'reconcile/hand-over.ts',
    [
      'few-people-hand-over',
      '|| killSwitch || only !== undefined) return;',
      '|| killSwitch) return;',
      'A pass over one person wipes out who waits for which account.',
    ],
    [
      'handed-over-in-an-emergency',
      '|| killSwitch || only !== undefined) return;',
      '|| only !== undefined) return;',
      'Accounts change hands although the operator has stopped everything.',
    ],
    [
      'handed-over-although-stopped',
      'if (judgement.stopped !== undefined) return;',
      '',
      'Accounts change hands in a pass that was stopped for bad data.',
    ],
  ),
];

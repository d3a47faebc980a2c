import { inFile } from './mutant.ts';

/** How many people may be changed at once, and what the store knows of earlier passes. */
export const limits = [
  ...inFile(
    'plan/limits.ts',
    [
      'half-may-be-removed',
      'remove: { fraction: 0.05,',
      'remove: { fraction: 0.5,',
      'Half of the company may lose its accounts without anybody being asked.',
    ],
    [
      'a-fifth-may-be-emptied',
      'clear: { fraction: 0.02,',
      'clear: { fraction: 0.2,',
      'Every fifth phone number may vanish without anybody being asked.',
    ],
    [
      'absence-counts-as-leaving',
      "change.situation === 'left' ? 'leave'",
      "change.situation === 'left' || change.situation === 'away' ? 'leave'",
      'Twice as many accounts as allowed may go because of absences.',
    ],
    [
      'renames-hide-among-others',
      'if (change.attributes.some(({ renames }) => renames))',
      'if (change.attributes.every(({ renames }) => renames))',
      'The addresses of everybody change past the limit, when their names change too.',
    ],
    [
      'all-references-are-creates',
      '(isFollower(change) && change.accountId === null)',
      'isFollower(change)',
      'Everybody’s manager is replaced past the limit.',
    ],
    [
      'one-owed-frees-the-rest',
      'change.attributes.every(({ owed }) => owed === true)',
      'change.attributes.some(({ owed }) => owed === true)',
      'Everybody’s name changes past the limit, because a manager is owed too.',
    ],
    [
      'enabling-is-unlimited',
      "if (change.kind === 'update' && change.attributes.every(",
      'if (change.attributes.every(',
      'All deactivated accounts may be opened at once.',
    ],
    [
      'one-less-than-allowed',
      'if (before + planned <= allowed) continue;',
      'if (before + planned < allowed) continue;',
      'Leavers wait although they are within the limit.',
    ],
    [
      'emptied-yesterday-is-forgotten',
      'level.counted.get(key) ?? 0',
      'level.counted.get(counted.class) ?? 0',
      'Phone numbers vanish a few at a time, every pass below the limit.',
    ],
    [
      'later-levels-are-not-asked',
      'if (limit === undefined) continue;',
      'if (limit === undefined) return undefined;',
      'The limit of the whole installation holds nobody where the connection has none.',
    ],
    [
      'default-beats-the-spec',
      '{ ...usual, ...said }',
      '{ ...said, ...usual }',
      'A team that allows one removal a day finds five made.',
    ],
    [
      'one-free-key-frees-all',
      'said.fraction === undefined && said.floor === undefined',
      'said.fraction === undefined || said.floor === undefined',
      'A limit on creates that names only a fraction limits nothing.',
    ],
    [
      'floor-above-the-most',
      'Math.min(limit.atMost, Math.max(limit.floor, Math.floor(share + 1e-9)))',
      'Math.max(limit.floor, Math.min(limit.atMost, Math.floor(share + 1e-9)))',
      'More accounts go than the spec allows at most.',
    ],
    [
      'the-smaller-of-both',
      'Math.max(limit.floor, Math.floor(share + 1e-9))',
      'Math.min(limit.floor, Math.floor(share + 1e-9))',
      'In a large company every few leavers wait for an approval.',
    ],
    [
      'a-person-lost-to-binary',
      'Math.floor(share + 1e-9)',
      'Math.floor(share)',
      'One person less than 29 % may leave, and the class is held.',
    ],
    ['rounded-up', 'Math.floor(share + 1e-9)', 'Math.ceil(share)', 'One more account goes than allowed.'],
    [
      'absence-told-when-allowed',
      'if (vanished <= allowed) return undefined;',
      'if (vanished < allowed) return undefined;',
      'A mail in every pass about absences that are within the limit, until nobody reads them.',
    ],
    [
      'absence-counts-nowhere',
      "for (const personId of newlyVanished) count({ class: 'remove' }, personId);",
      "for (const personId of newlyVanished) count({ class: 'leave' }, personId);",
      'People who vanish hold back the leavers of the day.',
    ],
  ),
  ...inFile(
    'reconcile/judge.ts',
    [
      'window-one-moment-too-long',
      'if (entry.at <= now - windowOf(',
      'if (entry.at < now - windowOf(',
      'In a sync that runs at the same minute each day, the leavers of yesterday count today.',
    ],
    [
      'one-window-for-all',
      'entry.at <= now - windowOf(limits, entry.class)',
      'entry.at <= now - longest',
      'A limit per hour counts the whole day, and people wait.',
    ],
    [
      'long-windows-are-cut',
      'const longest = Math.max(defaultWindowMs, ...windows);',
      'const longest = defaultWindowMs;',
      'A limit per week counts one day: a slow bleed passes.',
    ],
    [
      'only-the-last-pass-counts',
      '(counted.get(key) ?? 0) + entry.count',
      'entry.count',
      'A few removals in each pass empty the company below the limit.',
    ],
    [
      'population-shrinks-with-the-people',
      'population: Math.max(largest, populationNow)',
      'population: populationNow',
      'The share that may go is taken of what is left, or of nobody.',
    ],
    [
      'neighbours-do-not-count',
      "{ kind: 'target', target: there }, deps.limits.target",
      "{ kind: 'sync', sync: sync.name }, deps.limits.target",
      'Ten syncs into one system take ten times as many accounts as it allows.',
    ],
    [
      'installation-has-no-limit',
      'levels: [own, target, installation],',
      'levels: [own, target],',
      'The limit of the whole installation holds nobody.',
    ],
    [
      'new-target-is-known',
      'state.firstPassDone && !memory.moved',
      'state.firstPassDone',
      'A sync that is pointed at another system makes doubles there.',
    ],
    [
      'used-digest-stays',
      "?.state === 'used')",
      "?.state === 'open')",
      'What was approved once and comes about again can never be approved.',
    ],
    [
      'adopted-are-no-strangers',
      "return held?.state === 'open' && held.set.items.some(({ reason }) => reason === 'FirstPass');",
      'return held === undefined;',
      'Creates that a first pass held are made by the second one without a yes.',
    ],
  ),
];

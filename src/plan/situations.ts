import type { Situation } from '../model/change.ts';
import type { Owner } from '../model/link.ts';
import type { StandIn } from '../model/stand-in.ts';
import { factNames, type Facts } from './facts.ts';

/** The choices of `then` that the table asks for. */
export interface Policies {
  /** How an account begins that is made ahead. */
  readonly starting: 'disabled' | 'enabled';
  readonly left: 'disable' | 'keep';
  readonly away: 'keep' | 'disable';
  readonly outOfScope: 'keep' | 'disable' | 'delete';
  readonly vanished: 'hold' | 'disable' | 'delete' | 'keep';
  readonly returned: 'reuse' | 'new' | 'hold';
}

/** What is done to an account. `align` brings its attributes to what the mapping says, `reuse` also enables a former one. */
export type Deed =
  | 'nothing'
  | 'create'
  | 'createDisabled'
  | 'adopt'
  | 'adoptAndEnable'
  | 'align'
  | 'alignAndEnable'
  | 'reuse'
  | 'disable'
  | 'linkAndDisable'
  | 'delete';

type Condition = {
  readonly [Fact in keyof Facts]?: readonly Facts[Fact][];
} & { readonly policy?: { readonly [Choice in keyof Policies]?: Policies[Choice] } };

/** One line of the decision table. */
export interface Row {
  readonly when: Condition;
  readonly situation: Situation;
  readonly deed: Deed;
  /** True when somebody must look at it. */
  readonly attention: boolean;
  /** Which fact's own words give the reason; a text is the reason itself. */
  readonly because: 'account' | 'status' | 'scope' | { readonly text: string };
  /** Set by precedence, in no line of the table: whom the account is taken from, given to, or left to until they go. */
  readonly takesFrom?: Owner;
  readonly handsTo?: StandIn;
  readonly waits?: true;
}

/** The decision table: the first line whose conditions all hold decides. Every combination of facts meets a line. */
export const decisionTable: readonly Row[] = [
  row({ account: ['protected'] }, 'protected', 'nothing', 'account'),
  row({ account: ['several', 'taken', 'recycled'] }, 'disputed', 'nothing', 'account', true),
  row({ account: ['shared'] }, 'collision', 'nothing', 'account', true),

  row(
    { account: ['ended'], usable: [false], status: ['left', 'absent'], grace: ['over'] },
    'left',
    'delete',
    'account',
  ),
  ...vanished(),
  ...left(),

  row({ account: ['released'] }, 'foreign', 'nothing', 'account'),
  row({ account: ['foreign'] }, 'foreign', 'nothing', 'account', true),
  row({ account: ['doubtful', 'doubtfulMatch'] }, 'failed', 'nothing', 'account', true),

  row(
    { status: ['failed', 'undecided'], scope: ['out'], account: ['unsought'] },
    'outOfScope',
    'nothing',
    'scope',
  ),
  row({ status: ['failed'] }, 'failed', 'nothing', 'status', true),
  row({ status: ['undecided'] }, 'undecided', 'nothing', 'status'),
  row({ scope: ['failed'] }, 'failed', 'nothing', 'scope', true),
  row({ scope: ['undecided'] }, 'undecided', 'nothing', 'scope'),

  row(
    { scope: ['out'], account: ['linked'], policy: { outOfScope: 'delete' } },
    'outOfScope',
    'delete',
    'scope',
  ),
  row(
    { scope: ['out'], account: ['linked'], usable: [true], policy: { outOfScope: 'disable' } },
    'outOfScope',
    'disable',
    'scope',
  ),
  row({ scope: ['out'] }, 'outOfScope', 'nothing', 'scope'),

  ...returned(),
  row({ account: ['missingOnce'] }, 'missing', 'nothing', 'account'),
  row({ account: ['missing'] }, 'missing', 'nothing', 'account', true),
  row({ account: ['inactive'] }, 'failed', 'nothing', 'account', true),
  row({ account: ['awaited'] }, 'unlinked', 'nothing', 'account'),

  ...away(),

  row({ account: ['linked'], usable: [false], status: ['here'] }, 'linked', 'alignAndEnable', 'account'),
  row({ account: ['linked'] }, 'linked', 'align', 'account'),
  row({ account: ['one'], usable: [false], status: ['here'] }, 'unlinked', 'adoptAndEnable', 'account'),
  row({ account: ['one'] }, 'unlinked', 'adopt', 'account'),
  row({ status: ['later'] }, 'unmatched', 'nothing', 'status'),
  row(
    { account: ['none'], status: ['soon'], policy: { starting: 'disabled' } },
    'unmatched',
    'createDisabled',
    'status',
  ),
  row({ account: ['none'], status: ['soon'] }, 'unmatched', 'create', 'status'),
  row({ account: ['none'], status: ['here'], scope: ['in'] }, 'unmatched', 'create', 'account'),
  row({}, 'failed', 'nothing', { text: 'no line of the decision table fits: please report this' }, true),
];

function vanished(): Row[] {
  const over = { status: ['absent'], grace: ['over'], account: ['linked'] } as const;
  return [
    row({ ...over, usable: [true], policy: { vanished: 'hold' } }, 'vanished', 'disable', 'status', true),
    row({ ...over, usable: [true], policy: { vanished: 'disable' } }, 'vanished', 'disable', 'status', true),
    row({ ...over, policy: { vanished: 'delete' } }, 'vanished', 'delete', 'status', true),
    row({ status: ['absent'] }, 'vanished', 'nothing', 'status', true),
  ];
}

function left(): Row[] {
  const leaver = { status: ['left'], usable: [true], policy: { left: 'disable' } } as const;
  return [
    row({ ...leaver, account: ['linked', 'doubtful'] }, 'left', 'disable', 'status'),
    row({ ...leaver, account: ['ended', 'endedAway'] }, 'left', 'disable', 'status', true),
    row({ ...leaver, account: ['one'] }, 'left', 'linkAndDisable', 'status'),
    row({ status: ['left'] }, 'left', 'nothing', 'status'),
  ];
}

/** Who was away comes back to the same account, whatever is said of those who had left. */
function returned(): Row[] {
  const enabledAgain = { text: 'away: the account was enabled again' };
  const former = ['ended', 'endedAway'] as const;
  return [
    row(
      { account: ['endedAway'], usable: [true], status: ['away'], policy: { away: 'disable' } },
      'away',
      'disable',
      enabledAgain,
      true,
    ),
    row({ account: former, status: ['away'] }, 'away', 'nothing', { text: 'away: stays disabled' }),
    row({ account: former, status: ['soon', 'later'] }, 'returned', 'nothing', 'status'),
    row({ account: ['ended'], policy: { returned: 'hold' } }, 'returned', 'nothing', 'account', true),
    row({ account: former }, 'returned', 'reuse', 'account'),
  ];
}

function away(): Row[] {
  const disables = { status: ['away'], usable: [true], policy: { away: 'disable' } } as const;
  return [
    row({ ...disables, account: ['linked'] }, 'away', 'disable', 'status'),
    row({ ...disables, account: ['one'] }, 'away', 'linkAndDisable', 'status'),
    row({ status: ['away'], account: ['linked'] }, 'away', 'align', 'status'),
    row({ status: ['away'], account: ['one'] }, 'away', 'adopt', 'status'),
    row({ status: ['away'] }, 'away', 'nothing', 'status'),
  ];
}

function row(
  when: Condition,
  situation: Situation,
  deed: Deed,
  because: Row['because'],
  attention = false,
): Row {
  return { when, situation, deed, because, attention };
}

/** The table as it applies under these choices of `then`, ready to be asked for each of 100,000 people. */
export function decider(policies: Policies): (facts: Facts) => Row {
  const rows = decisionTable.filter(({ when }) => chosen(when.policy, policies));
  const decided = new Map<string, Row>();
  return (facts) => {
    const key = `${facts.account} ${facts.usable} ${facts.status} ${facts.scope} ${facts.grace}`;
    let found = decided.get(key);
    if (found === undefined) {
      found = rows.find(({ when }) => holds(when, facts));
      if (found === undefined) throw new Error(`the decision table has no line for ${key}`);
      decided.set(key, found);
    }
    return found;
  };
}

function chosen(policy: Condition['policy'], policies: Policies): boolean {
  if (policy === undefined) return true;
  return (Object.keys(policy) as (keyof Policies)[]).every((choice) => policy[choice] === policies[choice]);
}

function holds(when: Condition, facts: Facts): boolean {
  return factNames.every((name) => {
    const values: readonly unknown[] | undefined = when[name];
    return values === undefined || values.includes(facts[name]);
  });
}

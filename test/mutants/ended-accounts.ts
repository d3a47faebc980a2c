import { inFile } from './mutant.ts';

/** Disabling that deletes, and lists of SCIM services that are sources. */
export const endedAccounts = [
  ...inFile('plan/deeds.ts', [
    'deletion-is-called-a-disable',
    "const deletes = kind === 'disable' && pass.input.shape.disabling === 'deletes';",
    'const deletes = false;',
    'Whoever reviews a plan reads "disable" where accounts are deleted for good.',
  ]),
  ...inFile(
    'spec/compile/disabling.ts',
    [
      'nobody-accepts-the-deletion',
      "if (mode !== 'full') return;",
      'return;',
      'A sync that disables nobody, though it says so, is found out when somebody who left still comes in.',
    ],
    [
      'away-is-deleted',
      "if (away === 'disable') {",
      'if (false) {',
      'Who comes back from parental leave has lost the account and everything in it.',
    ],
    [
      'vanished-is-deleted',
      "if (vanished.then === 'disable') {",
      'if (false) {',
      'Who is missing in two lists of the source is deleted for good.',
    ],
  ),
  ...inFile(
    'connectors/haiilo/outcome.ts',
    [
      'believes-that-it-stays',
      "return left === 'inactive' || disabling === 'deletes' ? undefined : deletedInstead;",
      'return undefined;',
      'A policy that deletes goes on deleting all who leave, and nobody is told.',
    ],
    [
      'believes-that-it-is-closed',
      "if (left === 'active') return stillActive;",
      '',
      'Who has left keeps an open account that counts as disabled.',
    ],
  ),
  ...inFile(
    'connectors/haiilo/first-proof.ts',
    [
      'all-at-once',
      'if (this.#isProven) return await work();',
      'if (Boolean(work)) return await work();',
      'A policy that deletes takes everybody who leaves on that day.',
    ],
    [
      'goes-on-after-the-first',
      'else if (result.error?.fate ===',
      'else if (result.key === result.error?.fate && result.error.fate ===',
      'A policy that deletes takes everybody who leaves on that day, one after the other.',
    ],
  ),
  ...inFile(
    'connectors/haiilo/deprovisioning.ts',
    [
      'old-order-deletes',
      'if (!abilities[kind]) return { key: order.key, ...notHere(kind) };',
      '',
      'After the permission was taken back, an order from before deletes somebody.',
    ],
    [
      'another-user-of-rest',
      'if (there === undefined || !isSameUser(there, user))',
      'if (there === undefined)',
      'Somebody whose id is another person’s in the other API locks that person out.',
    ],
  ),
  ...inFile(
    'connectors/haiilo/advocacy.ts',
    [
      'token-owner-goes-too',
      'theirs.toLowerCase() === ours',
      'theirs === userName',
      'The owner of the token is deleted with the other leavers, and the sync with them.',
    ],
    [
      'teams-flap',
      'forms[attribute] ?? shape.canonical(attribute)',
      'shape.canonical(attribute)',
      'Everybody in a team that is written otherwise there is written anew in each pass.',
    ],
  ),
  ...inFile(
    'connectors/scim/both-lists.ts',
    [
      'activated-between-two-lists',
      'await refuseMoved(service, shown.total - deactivated, signal);',
      '',
      'Who is activated while the two lists are read is in neither, and counts as vanished.',
    ],
    [
      'deactivated-is-not-counted',
      'deactivated += 1',
      'deactivated += 0',
      'No list is believed any more on a day when people leave.',
    ],
  ),
  ...inFile('connectors/scim/orders.ts', [
    'taken-name-is-ours',
    'if (identity.length > 0 && identity.every(isUnique)) return false;',
    '',
    'Who gets a name that a former colleague’s account still has gets that account.',
  ]),
  ...inFile('connectors/scim/user.ts', [
    'silence-is-a-status',
    "return active === undefined ? undefined : active === true ? 'active' : 'inactive';",
    "return active === true ? 'active' : 'inactive';",
    'A service that says nothing of who is active has everybody leave.',
  ]),
];

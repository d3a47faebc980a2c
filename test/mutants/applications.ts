import { inFile } from './mutant.ts';

/** Torii and Optio: lists of which a part must never become the whole. */
export const applications = [
  ...inFile(
    'connectors/torii/listing.ts',
    [
      'torii-total-ignored',
      "if (seen.size !== total) throw doubt('has a total that does not add up');",
      '',
      'A list that ends too early is taken for whole, and a file is made of it without the others.',
    ],
    [
      'torii-total-may-change',
      "if (page.total !== (total ??= page.total)) throw doubt('changed while it was read');",
      'total = page.total;',
      'A list that changed while it was read is taken for whole.',
    ],
    [
      'torii-page-repeated',
      "if (seen.has(key)) throw doubt('repeats what an earlier page held');",
      '',
      'A page that comes twice hides those of another one.',
    ],
  ),
  ...inFile('connectors/torii/integration/load.ts', [
    'torii-unreadable-left-out',
    'if (!file.add(item))',
    'if (!file.add(item) && false)',
    'Somebody in an unknown form is left out of the next file, and so removed.',
  ]),
  ...inFile(
    'connectors/torii/integration/app-users.ts',
    [
      'torii-other-accounts-too',
      'return id === String(account);',
      'return true;',
      'Users of another account are written into this one.',
    ],
    [
      'torii-nobody-s-account',
      "if (id === undefined) throw client.unexpected('a user of the application without their account');",
      '',
      'Where Torii does not say whose users they are, a file is made without any of them.',
    ],
  ),
  ...inFile(
    'connectors/torii/integration/app-file.ts',
    [
      'torii-address-taken',
      'if ((this.#addresses.get(wanted) ?? 0) <= own) return undefined;',
      'return undefined;',
      'Two people share an address, and one of them takes the licences of the other.',
    ],
    [
      'torii-any-licence',
      'if (!Array.isArray(names) || names.every((name) => known.includes(String(name)))) return undefined;',
      'if (known !== names) return undefined;',
      'A licence that is spelled wrongly is sold to everybody.',
    ],
    [
      'torii-two-of-one-id',
      'if (this.#doubles.has(id))',
      'if (false)',
      'Of two users with one id the wrong one is written to.',
    ],
    [
      'torii-order-of-the-list',
      'return [...this.#entries].toSorted(([a], [b]) => (a < b ? -1 : 1));',
      'return [...this.#entries];',
      'The same people make another file each time.',
    ],
  ),
  ...inFile(
    'connectors/torii/integration/entry.ts',
    [
      'torii-leaver-keeps-the-status',
      "active: order.kind === 'update' ? before.active : order.kind !== 'disable',",
      "active: order.kind === 'disable' ? before.active : order.kind !== 'update' || before.active,",
      'Who has left stays a user of the application.',
    ],
    [
      'torii-licences-lost-on-update',
      'licenses === undefined ? before.map(({ name }) => name) : listOf(licenses)',
      'listOf(licenses ?? null)',
      'A new name takes all licences away.',
    ],
  ),
  ...inFile(
    'connectors/torii/integration/writer.ts',
    [
      'torii-earlier-try-forgotten',
      "if (stage !== 'looking') answers.take(before);",
      '',
      'Whoever was taken over by an earlier try is refused as if somebody else had their id.',
    ],
    [
      'torii-sent-is-not-sent',
      "answers.fail(answers.open, stage === 'sent' ? { ...failure, outcome: 'unknown' } : failure);",
      'answers.fail(answers.open, failure);',
      'What may have been done is told as not done.',
    ],
    [
      'torii-slow-is-refused',
      'isTaken ? notTaken : stillRunning',
      'notTaken',
      'While Torii takes its time everybody is told to be refused.',
    ],
    [
      'torii-refused-all-for-one',
      'answers.fail(order === undefined ? answers.open : [order], failure);',
      'answers.fail(answers.open, failure);',
      'One wrong address holds everybody up.',
    ],
  ),
  ...inFile('connectors/torii/integration/upload.ts', [
    'torii-file-to-any-host',
    'if (url.host !== uploadHost) {',
    'if (false) {',
    'A file about people goes to whatever host an answer names.',
  ]),
  ...inFile(
    'connectors/torii/login/hidden.ts',
    [
      'torii-hidden-forgotten',
      'if (isNew || (await this.#isOld())) await this.#keep([...new Set([...known, ...ids])]);',
      '',
      'Who was deactivated looks as if they had never been there, and gets no account back.',
    ],
    [
      'torii-hidden-for-ever',
      'if (ids.length === 0) return;',
      'return;',
      'Who was deleted is asked for in every pass.',
    ],
  ),
  ...inFile('connectors/torii/login/service.ts', [
    'torii-administrators-too',
    "return typeof role === 'string' && protectedRoles.includes(role);",
    'return false && protectedRoles.includes(String(role));',
    'Administrators lose their access.',
  ]),
  ...inFile('connectors/torii/users/writer.ts', [
    'torii-leavers-are-active',
    "return kind === 'disable' ? this.#leavers : 'active';",
    "return kind === 'enable' ? this.#leavers : 'active';",
    'Who has left is not offboarded, and who is back is.',
  ]),
  ...inFile(
    'connectors/optio/rules.ts',
    [
      'optio-leaver-without-a-date',
      "if (status === 'inactive' && left === null)",
      'if (false)',
      'A leaver goes on vesting.',
    ],
    [
      'optio-any-entity',
      'if (legalEntities !== undefined && !legalEntities.some((one) => one === entity))',
      'if (false)',
      'The cost of options is told of the wrong company.',
    ],
    [
      'optio-left-before-they-came',
      'left < hired)',
      'left > hired)',
      'An earlier employment ends the present one.',
    ],
    [
      'optio-shared-address',
      "const isShared = address !== '' && (holders.get(address) ?? 0) > 1;",
      'const isShared = address === undefined;',
      'Two participants share an address.',
    ],
  ),
  ...inFile('connectors/optio/last-delivery.ts', [
    'optio-part-of-a-delivery',
    'if (rows >= least) return;',
    'if (rows >= 0 || least > 0) return;',
    'A file that lost people is delivered without them.',
  ]),
  ...inFile(
    'connectors/optio/writer.ts',
    [
      'optio-delivered-is-applied',
      "yield { ...result, outcome: 'delivered' };",
      'yield result;',
      'What nobody has applied is said to be.',
    ],
    [
      'optio-leavers-leave',
      "if (order.kind === 'create' || order.kind === 'update') {",
      'if (Boolean(order.kind)) {',
      'A participant disappears from the file, and their equity from the portal.',
    ],
  ),
];

import { inFile } from './mutant.ts';

/** What one person’s change has to do with another’s. */
export const together = [
  ...inFile(
    'plan/known-account.ts',
    [
      'deleted-manager-is-named',
      'if (link === undefined || maybeDeleted) return undefined;',
      'if (link === undefined) return undefined;',
      'People refer to a manager whose account is deleted in the same pass.',
    ],
    [
      'gone-manager-is-named',
      'return accounts.reading.position(link.accountId) >= 0 ? link.accountId : undefined;',
      'return link.accountId;',
      'Updates fail for a whole team, because their manager’s account is gone.',
    ],
  ),
  ...inFile(
    'plan/references.ts',
    [
      'partial-pass-clears-managers',
      'if (isOpen(pass, pending, found)) return;',
      '',
      'A pass over one person takes the manager away, whose account was not read.',
    ],
    [
      'reference-before-the-account',
      'if (other !== undefined) person.referenceNeeds.push(idOf(other));',
      '',
      'A manager is named whose own account waits for an approval.',
    ],
    [
      'reference-before-the-adoption',
      "person.kind === 'adopt') person.referenceNeeds.push(idOf(person));",
      'false) person.referenceNeeds.push(idOf(person));',
      'A manager is written into an account whose adoption is held.',
    ],
    [
      'one-link-of-the-line',
      'if (referring.has(person.personId)) open.push(person.personId);',
      '',
      'Accounts are made for people whose manager’s account cannot be made.',
    ],
  ),
  ...inFile('plan/references.ts', [
    'seeded-reference-is-overwritten',
    "if (!isNew && policy === 'seed-if-empty' && !isEmpty(before)) return 'same';",
    '',
    'A manager entered by hand is replaced although the spec says only where empty.',
  ]),
  ...inFile(
    'plan/unique.ts',
    [
      'identity-may-come-twice',
      'mapped.spec.unique === true || (identity && oneKey)',
      'mapped.spec.unique === true',
      'Two records with one id make two accounts.',
    ],
    [
      'two-may-share',
      'if (rivals > 1) return',
      'if (rivals > 2) return',
      'Two newcomers with the same address are sent; the target picks who gets it.',
    ],
    [
      'any-change-gives-up',
      'if (giver === undefined || !gives)',
      'if (giver === undefined)',
      'An address is promised that its holder keeps, and the whole update fails in the target.',
    ],
    [
      'taken-before-it-is-free',
      'person.needs.push(idOf(giver));',
      '',
      'An address is written before its holder gave it up; where that one is held, two people share it.',
    ],
    [
      'capitals-make-it-another',
      'keyOf(attribute.canonical(after.value))',
      'keyOf(after.value)',
      'Two newcomers get addresses that differ only in capitals.',
    ],
    [
      'stranded-reference-stays',
      '} else if (person.referenceNeeds.includes(id)) person.references = [];',
      '}',
      'A reference waits for ever for an account that is not made.',
    ],
    [
      'one-stranded-of-the-line',
      'gone.push(idOf(person));',
      '',
      'Somebody gets an address that its holder could not give up, two steps up the line.',
    ],
  ),
  ...inFile(
    'plan/draft.ts',
    [
      'withdrawn-but-enabled',
      'person.enables = false;',
      '',
      'A deactivated account is opened although its person was withdrawn.',
    ],
    [
      'withdrawn-but-referring',
      'person.references = [];',
      '',
      'An account gets a manager although nothing may be written to it.',
    ],
    [
      'enabled-before-adopted',
      'needs: [idOf(person)],',
      'needs: [],',
      'A deactivated account is opened although adopting it waits for an approval.',
    ],
    [
      'reference-needs-nothing',
      'needs: once(person.referenceNeeds),',
      'needs: [],',
      'A manager is named whose account is held.',
    ],
  ),
];

import type { Chance } from './chance.ts';
import type { TargetSystem } from './target.ts';
import type { Account } from './trace.ts';

/** Accounts that are in the target before rosterd comes, and belong to nobody we know. */
export function inventStrangers(target: TargetSystem, chance: Chance): void {
  for (let number = chance.below(7); number > 0; number -= 1) {
    const address = `stranger${number}@example.test`;
    target.add({
      values: { first_name: 'Some', last_name: 'Body', email: address, login: address },
      active: chance.happens(0.8),
      protected: chance.happens(0.2),
    });
  }
  for (let number = chance.below(3); number > 0; number -= 1) {
    const address = `elsewhere${number}@example.test`;
    const values = { first_name: 'Other', last_name: 'System', email: address, login: address };
    target.add({ values: { ...values, hris_id: `elsewhere-${number}` }, active: true, protected: false });
  }
}

/** Somebody edits the target by hand. `deleted` collects the accounts that are gone for it. */
export function editByHand(target: TargetSystem, chance: Chance, deleted: Set<string>): string {
  const account = chance.pick([...target.accounts.values()].filter((one) => !one.protected));
  if (account === undefined) return 'nothing is edited';
  const how = chance.oneOf(
    'disabled',
    'enabled',
    'given another phone',
    'renamed',
    'moved',
    'deleted',
    'made',
  );
  if (how === 'deleted' && chance.happens(0.7)) return 'nothing is edited';
  if (how === 'made') {
    const address = `byhand${target.accounts.size}@example.test`;
    const values = { first_name: 'By', last_name: 'Hand', email: address, login: address };
    return `account ${target.add({ values, active: true, protected: false }).id} is made by hand`;
  }
  if (how === 'deleted') {
    target.accounts.delete(account.id);
    deleted.add(account.id);
  } else target.accounts.set(account.id, edited(account, how));
  return `account ${account.id} is ${how} by hand`;
}

function edited(
  account: Account,
  how: 'disabled' | 'enabled' | 'given another phone' | 'renamed' | 'moved',
): Account {
  const { values } = account;
  if (how === 'disabled') return { ...account, active: false };
  if (how === 'enabled') return { ...account, active: true };
  if (how === 'given another phone') return { ...account, values: { ...values, phone: '112' } };
  if (how === 'renamed') return { ...account, values: { ...values, last_name: 'By hand' } };
  return { ...account, values: { ...values, department: 'By hand' } };
}

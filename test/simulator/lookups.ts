import { Waiting } from '../../src/model/error.ts';
import type { Key, Row, Want } from '../../src/model/row.ts';
import { canonicalOf, rowOf, type Habit } from './forms.ts';
import type { Account } from './trace.ts';

/** What has one of the keys, as the target compares them. */
export function foundIn(
  accounts: readonly Account[],
  want: Want,
  keys: readonly Key[],
  habit: Habit,
): readonly Row[] {
  const is = ({ id, values }: Account) =>
    keys.some(({ attribute, value }) => {
      const form = canonicalOf(attribute, habit) ?? ((one) => one);
      const held = attribute === 'id' ? id : values[attribute];
      return held !== undefined && form(held) === form(value);
    });
  return accounts.filter(is).map((account) => rowOf(account, want));
}

/** Systems that do not answer a list do not answer a question either. */
export function failsWith(system: string, fault: unknown): void {
  if (fault !== undefined) throw new Waiting('Unreachable', `${system}: HTTP 503`);
}

import type { Order, Result } from '../../src/model/order.ts';
import type { Row, Want } from '../../src/model/row.ts';
import type { Value } from '../../src/model/value.ts';
import type { Account } from './trace.ts';

/** The account as a list shows it: no password. */
export function rowOf(account: Account, want: Want): Row {
  return {
    id: account.id,
    values: want.attributes.map((name) => account.values[name]),
    active: account.active,
    protected: account.protected,
  };
}

/** What the target says of itself: it keeps logins and addresses in lower case, and some targets compose names. */
export function canonicalOf(attribute: string, habit: Habit): ((value: Value) => Value) | undefined {
  if (attribute === 'email' || attribute === 'login') return lower;
  return habit === 'composed names' && attribute.endsWith('_name') ? composed : undefined;
}

function composed(value: Value): Value {
  return typeof value === 'string' ? value.normalize('NFC') : value;
}

function lower(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** What the target makes of some values, without saying so. */
export type Habit = 'none' | 'composed names' | 'phones without spaces' | 'one unit for all';

/** An attribute that never shows what was written, with this habit. */
export function stuckBy(habit: Habit): string | undefined {
  if (habit === 'phones without spaces') return 'phone';
  return habit === 'one unit for all' ? 'unit' : undefined;
}

/** What the target makes of what it is sent; null takes a value away. */
export function storedForm(set: Order['set'], habit: Habit): Record<string, string | undefined> {
  const stored: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(set))
    if (name !== 'password') stored[name] = value === null ? undefined : storedValue(name, value, habit);
  return stored;
}

function storedValue(name: string, value: Value, habit: Habit): string {
  const text = String(name === 'email' || name === 'login' ? lower(value) : value);
  if (habit === 'one unit for all' && name === 'unit') return 'Headquarters';
  if (habit === 'phones without spaces' && name === 'phone') return text.replaceAll(' ', '');
  return habit === 'composed names' && name.endsWith('_name') ? text.normalize('NFC') : text;
}

/** No to one order. */
export function refusal({ key }: Order, reason: string): Result {
  return { key, outcome: 'rejected', error: { reason, message: `refused: ${reason}`, fate: 'person' } };
}

/** No to everything, for now or until somebody does something. */
export function refusedByAll({ key }: Order, how: 'throttled' | 'stalled'): Result {
  const error =
    how === 'throttled'
      ? { reason: 'Throttled', message: 'HTTP 429', fate: 'waiting' as const, retryAfterMs: 3_600_000 }
      : { reason: 'Forbidden', message: 'HTTP 403', fate: 'stalled' as const };
  return { key, outcome: 'not-sent', error };
}

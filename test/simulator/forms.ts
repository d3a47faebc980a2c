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

/** The target keeps logins and addresses in lower case. */
export function lower(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** What the target makes of what it is sent; null takes a value away. */
export function storedForm(set: Order['set']): Record<string, string | undefined> {
  const stored: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(set)) {
    if (name === 'password') continue;
    stored[name] =
      value === null ? undefined : String(name === 'email' || name === 'login' ? lower(value) : value);
  }
  return stored;
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

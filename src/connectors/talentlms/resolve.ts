import type { Order, Resolution } from '../../model/order.ts';
import { sameValue } from '../../model/value.ts';
import { coreAttributes } from './schema.ts';
import { canonicalValue } from './shape.ts';
import type { Sight } from './sight.ts';

/** What became of an order whose answer was lost, by looking at the portal. */
export async function resolveIntent(portal: Sight, intent: Order, signal: AbortSignal): Promise<Resolution> {
  if (intent.kind === 'create' || intent.accountId === null) {
    return resolveCreate(portal, intent, signal);
  }
  const { accountId } = intent;
  if (intent.kind === 'delete') {
    return (await portal.exists(accountId, signal)) ? { state: 'not-done' } : { state: 'done', accountId };
  }
  const names = Object.keys(intent.set).filter(isReadBack);
  const [row] = await portal.find({ attributes: names }, [{ attribute: 'id', value: accountId }], signal);
  if (row === undefined) return { state: 'not-done' };
  const holds = names.every((name, index) =>
    sameValue(canonicalValue(name, row.values[index]), canonicalValue(name, intent.set[name])),
  );
  const switched = intent.kind === 'update' || row.active === (intent.kind === 'enable');
  return holds && switched ? { state: 'done', accountId } : { state: 'not-done' };
}

/**
 * The account is there: done, whatever came of its custom fields, which the next pass compares and writes. Only the
 * branch must be right, because an account outside it is none that the sync manages. One outside that is just as POST
 * leaves it is unfinished; one that is otherwise may be somebody else's, which only a person can tell.
 */
async function resolveCreate(portal: Sight, intent: Order, signal: AbortSignal): Promise<Resolution> {
  const by = { ...intent.identity, ...pick(intent.set, ['login', 'email']) };
  const names = Object.keys(by).filter((name) => isReadBack(name) && name !== 'id');
  const posted = Object.keys(intent.set).filter((name) => isReadBack(name) && !names.includes(name));
  const keys = names.flatMap((attribute) => {
    const value = by[attribute] ?? null;
    return value === null ? [] : [{ attribute, value }];
  });
  const rows = await portal.find({ attributes: [...names, ...posted] }, keys, signal);
  const ours = rows.filter((row) => isOurs(names, row.values, by));
  const [account] = ours;
  if (account === undefined) return { state: 'not-done' };
  // Somebody has our login and another one our address: it cannot be told which is ours.
  if (ours.length > 1) return { state: 'unknown' };
  if (await portal.isInScope(intent.scope, account.id, signal)) {
    return { state: 'done', accountId: account.id };
  }
  const values = account.values.slice(names.length);
  const isAsPosted = account.protected !== true && isOurs(posted, values, intent.set);
  return isAsPosted ? { state: 'unfinished', accountId: account.id } : { state: 'unknown' };
}

/** Login and address are written with the account itself; an identity in a custom field may still be missing. */
function isOurs(
  names: readonly string[],
  values: readonly (Order['set'][string] | undefined)[],
  by: Order['set'],
): boolean {
  return names.every((name, index) => {
    const held = canonicalValue(name, values[index]);
    if (held === null && name.startsWith('custom.')) return true;
    return sameValue(held, canonicalValue(name, by[name]));
  });
}

function isReadBack(attribute: string): boolean {
  return coreAttributes.find((one) => one.name === attribute)?.writeOnly !== true;
}

function pick(set: Order['set'], names: readonly string[]): Order['set'] {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = set[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

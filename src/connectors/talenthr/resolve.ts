import type { Order, Resolution } from '../../model/order.ts';
import type { Row } from '../../model/row.ts';
import { sameValue } from '../../model/value.ts';
import type { Reader } from '../connector.ts';
import { canonicalValue } from './shape.ts';

type Finder = Pick<Reader, 'find'>;

/** What a hire says itself, so that it stands on the person from the first moment. */
const ofTheHire = ['first_name', 'last_name', 'hire_date'];

/** What became of an order whose answer was lost, by looking at the company. */
export async function resolveIntent(reader: Finder, intent: Order, signal: AbortSignal): Promise<Resolution> {
  if (intent.kind === 'create') return resolveCreate(reader, intent, signal);
  const accountId = intent.accountId ?? '';
  const names = Object.keys(intent.set);
  const [row] = await reader.find({ attributes: names }, [{ attribute: 'id', value: accountId }], signal);
  const isDone =
    row !== undefined &&
    holds(row, names, intent.set) &&
    (intent.kind === 'update' || (intent.kind === 'disable' && row.active === false));
  return isDone ? { state: 'done', accountId } : { state: 'not-done' };
}

/**
 * Somebody with our address is there. They are ours if they are as the hire left them; what was to follow the hire may
 * be missing, which the same order with this id completes. One who is otherwise may be somebody else's.
 */
async function resolveCreate(reader: Finder, intent: Order, signal: AbortSignal): Promise<Resolution> {
  const by = { ...intent.identity, ...intent.set };
  const { email = null } = by;
  if (email === null) return { state: 'unknown' };
  const names = Object.keys(by);
  const [row, more] = await reader.find(
    { attributes: names },
    [{ attribute: 'email', value: email }],
    signal,
  );
  if (row === undefined) return { state: 'not-done' };
  if (more !== undefined) return { state: 'unknown' };
  if (holds(row, names, by)) return { state: 'done', accountId: row.id };
  const isAsHired = row.protected !== true && holds(row, names, by, ofTheHire);
  return isAsHired ? { state: 'unfinished', accountId: row.id } : { state: 'unknown' };
}

function holds(
  row: Row,
  names: readonly string[],
  wanted: Order['set'],
  only: readonly string[] = names,
): boolean {
  return names.every((name, index) => {
    if (!only.includes(name)) return true;
    return sameValue(canonicalValue(name, row.values[index]), canonicalValue(name, wanted[name]));
  });
}

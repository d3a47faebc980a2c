import { isReadBack } from '../model/attribute.ts';
import type { Intent, Resolution } from '../model/order.ts';
import type { Row } from '../model/row.ts';
import { isNothing, sameValue, type Value } from '../model/value.ts';
import type { Reader } from './connector.ts';

type Looking = Pick<Reader, 'find' | 'shape'>;

/**
 * What became of an order, by what `find` gives now: a create is done where exactly one account has its whole identity, a
 * delete where nobody has the id, any other order where the account holds what was ordered. For systems in which an
 * account is written by one request, so that nothing is ever half made.
 */
export async function resolveByLooking(
  reader: Looking,
  intent: Intent,
  signal: AbortSignal,
): Promise<Resolution> {
  if (intent.kind === 'create' && intent.accountId === null)
    return await resolveCreate(reader, intent, signal);
  const accountId = intent.accountId ?? '';
  const names = readBack(reader, Object.keys(intent.set));
  const [row] = await reader.find({ attributes: names }, [{ attribute: 'id', value: accountId }], signal);
  const done = { state: 'done', accountId } as const;
  if (intent.kind === 'delete') return row === undefined ? done : { state: 'not-done' };
  if (row === undefined || !holds(reader, row, names, intent.set)) return { state: 'not-done' };
  if (intent.kind === 'enable' || intent.kind === 'disable') {
    return row.active === (intent.kind === 'enable') ? done : { state: 'not-done' };
  }
  // Of what is never read back nothing tells whether it arrived: it is sent again.
  return names.length > 0 ? done : { state: 'not-done' };
}

/** More than one account with our identity tells nothing about which would be ours. */
async function resolveCreate(reader: Looking, intent: Intent, signal: AbortSignal): Promise<Resolution> {
  const identity = Object.fromEntries(
    Object.entries(intent.identity).filter(([, value]) => !isNothing(value)),
  );
  const names = readBack(reader, Object.keys(identity));
  const [first] = names;
  if (first === undefined) return { state: 'unknown' };
  const keys = [{ attribute: first, value: identity[first] ?? null }];
  const rows = await reader.find({ attributes: names }, keys, signal);
  const [one, more] = rows.filter((row) => holds(reader, row, names, identity));
  if (one === undefined) return { state: 'not-done' };
  return more === undefined ? { state: 'done', accountId: one.id } : { state: 'unknown' };
}

function readBack({ shape }: Looking, names: readonly string[]): readonly string[] {
  const specs = new Map(shape.attributes.map((spec) => [spec.name, spec]));
  return names.filter((name) => {
    const spec = specs.get(name);
    return spec === undefined || isReadBack(spec);
  });
}

/** Whether the row, read with these attributes, has these values in the form in which they are compared. */
function holds(
  { shape }: Looking,
  row: Row,
  names: readonly string[],
  wanted: Readonly<Record<string, Value>>,
): boolean {
  const form = (name: string, value: Value | undefined): Value => {
    if (isNothing(value) || value === '') return null;
    const compared = shape.canonical(name)?.(value) ?? value;
    if (!Array.isArray(compared)) return compared;
    return compared.length === 0 ? null : compared.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
  };
  return names.every((name, index) => sameValue(form(name, row.values[index]), form(name, wanted[name])));
}

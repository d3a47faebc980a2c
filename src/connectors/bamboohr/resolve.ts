import type { Intent, Resolution } from '../../model/order.ts';
import type { Row } from '../../model/row.ts';
import { isNothing, sameValue, type Value } from '../../model/value.ts';
import type { Reader } from '../connector.ts';

type Looking = Pick<Reader, 'find' | 'shape'>;
type Values = Readonly<Record<string, Value>>;

/**
 * What became of an order whose answer was lost, by looking: for a create, for one record with all of `known`, the values
 * by which a record of that kind is told apart; else at the record itself.
 */
export async function resolveByLooking(
  reader: Looking,
  intent: Intent,
  known: Values,
  signal: AbortSignal,
): Promise<Resolution> {
  const { accountId, set, kind } = intent;
  if (kind === 'create' || accountId === null) return await resolveCreate(reader, known, signal);
  const names = Object.keys(set);
  const [row] = await reader.find({ attributes: names }, [{ attribute: 'id', value: accountId }], signal);
  const done = { state: 'done', accountId } as const;
  if (kind === 'delete') return row === undefined ? done : { state: 'not-done' };
  return row !== undefined && holds(reader, names, row, set) ? done : { state: 'not-done' };
}

async function resolveCreate(reader: Looking, known: Values, signal: AbortSignal): Promise<Resolution> {
  const [first] = Object.entries(known);
  if (first === undefined) return { state: 'unknown' };
  const names = Object.keys(known);
  const rows = await reader.find({ attributes: names }, [{ attribute: first[0], value: first[1] }], signal);
  const [one, more] = rows.filter((row) => holds(reader, names, row, known));
  if (one === undefined) return { state: 'not-done' };
  return more === undefined ? { state: 'done', accountId: one.id } : { state: 'unknown' };
}

/** Those of an order by which its record is told apart, in the order of `names`; empty ones tell nothing. */
export function knownBy({ set, identity }: Intent, names: readonly string[]): Values {
  const all: Values = { ...set, ...identity };
  const wanted = [...names.filter((name) => Object.hasOwn(all, name)), ...Object.keys(identity)];
  return Object.fromEntries(
    [...new Set(wanted)].flatMap((name) => {
      const value = all[name];
      return name === 'id' || isNothing(value) || value === '' ? [] : [[name, value]];
    }),
  );
}

function holds({ shape }: Looking, names: readonly string[], { values }: Row, wanted: Values): boolean {
  const form = (name: string, value: Value | undefined): Value => {
    if (isNothing(value) || value === '') return null;
    return shape.canonical(name)?.(value) ?? value;
  };
  return names.every((name, index) => sameValue(form(name, values[index]), form(name, wanted[name])));
}

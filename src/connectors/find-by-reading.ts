import type { Key, Row, Want } from '../model/row.ts';
import { isNothing, sameValue, type Value } from '../model/value.ts';
import type { Reader } from './connector.ts';

/**
 * `Reader.find` for keys that the system cannot be asked for: everybody is read, and whoever has one of the keys is
 * given. It rejects as the reading does. Such a reader says so in `looksUp`.
 */
export async function findByReading(
  reader: Pick<Reader, 'read' | 'shape'>,
  { attributes, ...want }: Want,
  keys: readonly Key[],
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const asked = keys.map(({ attribute, value }) => {
    const form = reader.shape.canonical(attribute) ?? ((same: Value) => same);
    return { attribute, form, value: isNothing(value) ? null : form(value) };
  });
  const others = [...new Set(keys.map(({ attribute }) => attribute))].filter((name) => name !== 'id');
  const positions = new Map(others.map((name, index) => [name, attributes.length + index]));
  const hasKey = (row: Row) =>
    asked.some(({ attribute, form, value }) => {
      const theirs = attribute === 'id' ? row.id : row.values[positions.get(attribute) ?? -1];
      return value !== null && !isNothing(theirs) && sameValue(form(theirs), value);
    });
  const found: Row[] = [];
  for await (const rows of reader.read({ ...want, attributes: [...attributes, ...others] }, signal)) {
    for (const row of rows.filter(hasKey)) {
      found.push({ ...row, values: row.values.slice(0, attributes.length) });
    }
  }
  return found;
}

/**
 * `Reader.find` where some attributes are looked up one key at a time with `lookUp` (those of `looksUp`): all other keys
 * together cost one reading of everybody.
 */
export async function findEach(
  reader: Pick<Reader, 'read' | 'shape' | 'looksUp'>,
  want: Want,
  keys: readonly Key[],
  lookUp: (key: Key) => Promise<readonly Row[]>,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const found = new Map<string, Row>();
  const others: Key[] = [];
  for (const key of keys) {
    if (reader.looksUp?.(key.attribute) === false) others.push(key);
    else for (const row of await lookUp(key)) found.set(row.id, row);
  }
  if (others.length > 0) {
    for (const row of await findByReading(reader, want, others, signal)) found.set(row.id, row);
  }
  return [...found.values()];
}

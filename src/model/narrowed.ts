import { columnsOf, type Reading } from './reading.ts';

/**
 * The same records with fewer attributes, in the order that is asked for. One reading serves two revisions of the specs
 * this way. Throws a `RangeError` for an attribute that was not read.
 */
export function narrowed(reading: Reading, attributes: readonly string[]): Reading {
  const columns = columnsOf(reading.attributes);
  const positions = attributes.map((name) => {
    const position = columns.get(name);
    if (position === undefined) throw new RangeError(`"${name}" was not read`);
    return position;
  });
  return {
    ...reading,
    attributes,
    filled: positions.map((position) => reading.filled[position] ?? 0),
    row(at) {
      const row = reading.row(at);
      return { ...row, values: positions.map((position) => row.values[position]) };
    },
  };
}

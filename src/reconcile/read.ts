import { Waiting } from '../model/error.ts';
import { ReadingBuilder } from '../model/packed-reading.ts';
import type { Reading } from '../model/reading.ts';
import type { Want } from '../model/row.ts';
import type { PassDeps, Side } from './deps.ts';

/** Both sides, whole. */
export interface Readings {
  readonly people: Reading;
  readonly accounts: Reading;
}

/**
 * Reads both sides at the same time. When one fails the other is called off; the first failure is thrown. A reading that
 * lacks details is no reading: `Waiting` (`ReadingIncomplete`), and the next pass goes on with what was remembered.
 */
export async function readBoth(deps: PassDeps, signal: AbortSignal): Promise<Readings> {
  const both = new AbortController();
  const either = AbortSignal.any([signal, both.signal]);
  const readSide = async (side: Side, want: Want, name: 'source' | 'target') => {
    try {
      return await readWhole(side, want, either, (records) =>
        deps.progress?.({ step: 'read', side: name, records }),
      );
    } catch (error) {
      both.abort(error);
      throw error;
    }
  };
  const [people, accounts] = await Promise.all([
    readSide(deps.source, deps.sync.sourceWant, 'source'),
    readSide(deps.target, deps.sync.targetWant, 'target'),
  ]);
  return { people, accounts };
}

async function readWhole(
  side: Side,
  want: Want,
  signal: AbortSignal,
  progress: (records: number) => void,
): Promise<Reading> {
  const builder = new ReadingBuilder(want.attributes);
  const rows = side.reader.read(want, signal);
  let records = 0;
  for (;;) {
    const step = await rows.next();
    if (step.done === true) {
      const reading = builder.finish(step.value);
      refuseIncomplete(side.connection.name, reading);
      return reading;
    }
    for (const row of step.value) builder.add(row);
    records += step.value.length;
    progress(records);
  }
}

function refuseIncomplete(connection: string, reading: Reading): void {
  const { incomplete } = reading.receipt;
  if (incomplete === undefined) return;
  throw new Waiting(
    'ReadingIncomplete',
    `connection ${connection}: ${incomplete.missing} of ${reading.size} records are not read in full yet (${incomplete.reason}); the next pass goes on from here`,
    { connection },
  );
}

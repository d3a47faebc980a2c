import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Opened } from './file.ts';
import { broken, type Place } from './place.ts';
import type { CsvConfig } from './schema.ts';

/** What a file holds: first its header, then every record in batches, each record as long as the header. */
export interface Batch {
  readonly header: readonly string[];
  readonly records: readonly (readonly string[])[];
}

const batchSize = 500;

/**
 * Reads the file through, once. The first batch comes also when there is no record. Throws `Waiting` where the file is
 * no CSV with one header: a record that is too short or too long, a quote that never closes, a name twice.
 */
export async function* readRecords(
  opened: Opened,
  config: Pick<CsvConfig, 'delimiter'>,
  place: Place,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const parser = parse({
    bom: true,
    delimiter: config.delimiter,
    skipEmptyLines: true,
    maxRecordSize: 1_048_576,
  });
  const source = Readable.from(opened.chunks(signal), { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let header: readonly string[] | undefined;
  let records: (readonly string[])[] = [];
  let first = true;
  try {
    for await (const record of parser as AsyncIterable<readonly string[]>) {
      if (header === undefined) {
        header = checkedHeader(record, place);
        continue;
      }
      records.push(record);
      if (records.length < batchSize) continue;
      yield { header, records };
      first = false;
      records = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? faultOf(error, place) : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (header === undefined) throw broken(place, 'FileEmpty', 'holds not even a header');
  if (records.length > 0 || first) yield { header, records };
}

function checkedHeader(names: readonly string[], place: Place): readonly string[] {
  const header = names.map((name) => name.trim());
  const seen = new Set<string>();
  for (const [index, name] of header.entries()) {
    // The name is not said: without a header, the first line is somebody's record.
    if (name === '')
      throw broken(place, 'HeaderBroken', `has no name for column ${String(index + 1)} in its first line`);
    if (seen.has(name)) {
      throw broken(
        place,
        'HeaderBroken',
        `names column ${String(index + 1)} like an earlier one in its first line`,
      );
    }
    seen.add(name);
  }
  return header;
}

/** The parser's own message quotes the record: only its code and line are told. */
function faultOf(error: CsvError, place: Place): Error {
  const line = (error as { lines?: unknown })['lines'];
  const at = typeof line === 'number' ? ` in line ${String(line)}` : '';
  const what = words[error.code] ?? 'is no CSV that can be read';
  return broken(place, 'FileBroken', `${what}${at}; check config.delimiter and the export`);
}

const words: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'has more or fewer fields than its header',
  CSV_QUOTE_NOT_CLOSED: 'ends inside of quotes: it may be cut',
  CSV_INVALID_CLOSING_QUOTE: 'has a quote in the middle of a field',
  INVALID_OPENING_QUOTE: 'has a quote in the middle of a field',
  CSV_MAX_RECORD_SIZE: 'has a record above 1 MB: a quote may be missing',
};

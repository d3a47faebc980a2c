import type { ConnectorContext } from '../../connector.ts';
import { csvConfig, tableOf, type CsvConfig } from '../../csv/schema.ts';
import { attributesOf } from '../attributes.ts';
import type { CsvWay, TalosConfig } from '../schema.ts';

/** The file as a list of the connector `csv`: exact headers, what Talos Perform reads and nothing besides. */
export function listConfig(config: TalosConfig, way: CsvWay): CsvConfig {
  const { file, deliver, delimiter, dateFormat, active } = way;
  const attributes = attributesOf(config);
  const columns = attributes.map(({ name, property, type, class: dataClass }) => [
    name,
    { column: property, type, class: dataClass, ...(type === 'date' ? { format: dateFormat } : {}) },
  ]);
  const id = attributes.find(({ name }) => name === 'employeeId')?.property;
  const list = csvConfig.parse({
    file,
    id,
    delimiter,
    columns: Object.fromEntries(columns),
    ...(active === undefined ? {} : { booleans: { true: [active.true], false: [active.false] } }),
    write: {
      create: true,
      // An importer would take the apostrophe of a guarded text for a part of it.
      formulas: 'plain',
      ...(active === undefined ? {} : { active: active.header }),
      ...(deliver === undefined ? {} : { deliver }),
    },
  });
  const table = tableOf(list, 'person');
  if (table === undefined) throw new RangeError('a list of one file has one of people');
  return table;
}

/** The same connection, as one to a list. */
export function listContext(
  context: ConnectorContext<TalosConfig>,
  way: CsvWay,
): ConnectorContext<CsvConfig> {
  return {
    ...context,
    config: listConfig(context.config, way),
    files: (file) => context.files(file),
    filesToWrite: (file) => context.filesToWrite(file),
  };
}

import type { Shape } from '../../model/reading.ts';
import type { Column } from './cells.ts';
import type { CsvConfig } from './schema.ts';

/** What can be done to the rows of a file: as much as its config says. */
export function shapeOf({ write }: CsvConfig, columns: ReadonlyMap<string, Column>): Shape {
  const writes = write !== undefined;
  const switches = write?.active !== undefined;
  return {
    system: 'CSV file',
    abilities: {
      create: writes,
      ...(switches ? { createDisabled: true } : {}),
      update: writes,
      enable: switches,
      disable: switches,
      delete: write?.delete === true,
    },
    attributes: [...columns.values()].map((column) => column.spec),
    canonical: (attribute) => {
      const type = columns.get(attribute)?.spec.type;
      return type === 'instant' ? (value) => instant(value) : undefined;
    },
    delivers: write?.deliver !== undefined,
  };
}

/** The same moment in one form. */
function instant<T>(value: T): T | string {
  const moment = Date.parse(String(value));
  return Number.isNaN(moment) ? value : new Date(moment).toISOString();
}

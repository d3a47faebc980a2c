import type { Result } from '../../../model/order.ts';
import type { AttributeSpec } from '../../../model/attribute.ts';
import type { ConnectorContext, Reader, Writer } from '../../connector.ts';
import { locationOf } from '../../csv/locations.ts';
import { CsvReader } from '../../csv/reader.ts';
import { CsvWriter } from '../../csv/writer.ts';
import { attributesOf, specsOf } from '../attributes.ts';
import type { CsvWay, TalosConfig } from '../schema.ts';
import { UserRules } from './rules.ts';
import { listContext } from './table.ts';

/** The id of a row is what Talos Perform knows a user by: it is given once. */
export function fileSpecs(config: TalosConfig): readonly AttributeSpec[] {
  return specsOf(attributesOf(config), ['employeeId']);
}

/** Users as they were delivered last. What Talos Perform made of them is in its log only. */
export function openFileReader(context: ConnectorContext<TalosConfig>, way: CsvWay): Reader {
  const list = listContext(context, way);
  const reader = new CsvReader(list, locationOf(list, true));
  const attributes = fileSpecs(context.config);
  return {
    shape: {
      ...reader.shape,
      system: 'Talos Perform',
      disablesLast: true,
      attributes,
      canonical: (name) => reader.shape.canonical(name),
      delivers: true,
    },
    read: (want, signal) => reader.read(want, signal),
    find: (want, keys, signal) => reader.find(want, keys, signal),
    resolve: (intent, signal) => reader.resolve(intent, signal),
    whyEmpty: (attribute) => reader.whyEmpty(attribute),
    probe: async (signal) => ({ ...(await reader.probe(signal)), fields: attributes }),
    close: () => reader.close(),
  };
}

/** Writes users into the file. They are delivered: the import decides. */
export function openFileWriter(context: ConnectorContext<TalosConfig>, way: CsvWay): Writer {
  const list = listContext(context, way);
  const writer = new CsvWriter(list, locationOf(list, true), new UserRules(context.config, way));
  return {
    apply: (orders, signal) => delivered(writer.apply(orders, signal)),
    close: () => writer.close(),
  };
}

async function* delivered(results: AsyncIterable<Result>): AsyncGenerator<Result> {
  for await (const result of results) {
    yield result.outcome === 'applied' ? { ...result, outcome: 'delivered' } : result;
  }
}

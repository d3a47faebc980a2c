import { onTestFinished } from 'vitest';
import { personio } from '../../../../src/connectors/personio/connector.ts';
import { configSchema } from '../../../../src/connectors/personio/schema.ts';
import type { AttributeSpec } from '../../../../src/model/attribute.ts';
import type { Details } from '../../../../src/model/order.ts';
import type { Receipt, Row } from '../../../../src/model/row.ts';
import type { Value } from '../../../../src/model/value.ts';
import { fakeClock, memoryDetails, testContext } from '../../../contract/context.ts';
import { inventPeople } from '../../../people/people.ts';
import { startPersonio, type PersonioOptions } from '../../../vendors/personio/server.ts';

const credentials = { clientId: 'us', clientSecret: 'hush' };
const signal = new AbortController().signal;

/** Six invented people at a stand-in of Personio, read through v2. */
export async function company(
  options: Partial<PersonioOptions> & {
    readonly fields?: readonly AttributeSpec[];
    readonly config?: Readonly<Record<string, unknown>>;
    readonly details?: Details;
  } = {},
) {
  const { fields, config, details = memoryDetails(), ...server } = options;
  const people = inventPeople({ count: 6, seed: 4 });
  const clock = fakeClock();
  const now = () => clock.now();
  const personioServer = await startPersonio({ people, ...credentials, now, ...server });
  const context = testContext({
    config: configSchema.parse({ api: 'v2', baseUrl: personioServer.url, perMinute: 2000, ...config }),
    secrets: credentials,
    clock,
    details,
    ...(fields === undefined ? {} : { fields }),
  });
  const reader = personio.openReader(context);
  onTestFinished(async () => void (await Promise.all([reader.close(), personioServer.close()])));
  const readAll = async (...attributes: readonly string[]) => {
    const rows: Row[] = [];
    const reading = reader.read({ attributes }, signal);
    for (;;) {
      const step = await reading.next();
      if (step.done === true) return { rows, receipt: step.value satisfies Receipt };
      rows.push(...step.value);
    }
  };
  const read = async (
    number: number,
    ...attributes: readonly string[]
  ): Promise<Readonly<Record<string, Value | undefined>>> => {
    const { rows } = await readAll(...attributes);
    const row = rows.find(({ id }) => id === String(number));
    const values = attributes.map((name, at): [string, Value | undefined] => [name, row?.values[at]]);
    return { ...Object.fromEntries(values), ...(row?.fault === undefined ? {} : { fault: row.fault }) };
  };
  return {
    server: personioServer,
    clock,
    details,
    reader,
    people,
    signal,
    readAll,
    /** Values of one person by attribute; ids of invented people are their numbers. */
    read,
    /** Paths asked for since the last look, without tokens. */
    asked: () =>
      personioServer.loopback.log.splice(0).flatMap(({ path }) => (path.includes('/auth') ? [] : [path])),
  };
}

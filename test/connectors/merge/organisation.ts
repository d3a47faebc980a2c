import { onTestFinished } from 'vitest';
import { merge } from '../../../src/connectors/merge/connector.ts';
import { configSchema } from '../../../src/connectors/merge/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Receipt, Row } from '../../../src/model/row.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { inventPeople } from '../../people/people.ts';
import { startMerge, type MergeOptions } from '../../vendors/merge/server.ts';

export const credentials = { apiKey: 'production-key', accountToken: 'account-token' };
export const people = inventPeople({ count: 5, seed: 5 });
export const endUser = { originId: 'example', organization: 'Example', email: 'people-ops@example.org' };

interface Opened {
  /** Whether an HR system is linked already; so it is, where this is left out. */
  readonly linked?: boolean;
  readonly server?: Partial<MergeOptions>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly fields?: readonly AttributeSpec[];
}

/** A Merge organisation on loopback with a connection to its linked account, closed when the test ends. */
export async function organisation({
  linked = true,
  server: how,
  config,
  secrets = credentials,
  fields,
}: Opened = {}) {
  const clock = fakeClock();
  const server = await startMerge({
    apiKey: credentials.apiKey,
    ...(linked ? { accountToken: credentials.accountToken, people } : {}),
    now: () => clock.now(),
    ...how,
  });
  const context = testContext({
    config: configSchema.parse({ baseUrl: server.url, ...config }),
    secrets,
    clock,
    ...(fields === undefined ? {} : { fields }),
  });
  const signal = new AbortController().signal;
  const reader = merge.openReader(context);
  onTestFinished(async () => {
    await reader.close();
    await server.close();
  });
  return {
    server,
    context,
    clock,
    signal,
    reader,
    read: async (...attributes: readonly string[]): Promise<{ rows: readonly Row[]; receipt: Receipt }> => {
      const rows: Row[] = [];
      const reading = reader.read({ attributes }, signal);
      for (;;) {
        const step = await reading.next();
        if (step.done === true) return { rows, receipt: step.value };
        rows.push(...step.value);
      }
    },
    /** Queries of the pages that were asked for since the last call. */
    pages: () =>
      server.loopback.log
        .splice(0)
        .filter(({ path }) => path.endsWith('/employees'))
        .map(({ query }) => Object.fromEntries(new URLSearchParams(query))),
  };
}

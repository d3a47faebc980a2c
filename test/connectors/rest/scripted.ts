import { rest } from '../../../src/connectors/rest/connector.ts';
import { restConfig, type RestConfig } from '../../../src/connectors/rest/schema.ts';
import type { HttpRequest, HttpResponse } from '../../../src/http/client.ts';
import type { ConnectorContext, Reader } from '../../../src/connectors/connector.ts';
import { SyncError } from '../../../src/model/error.ts';
import type { Receipt, Row } from '../../../src/model/row.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';

export const never = new AbortController().signal;

/** The smallest config there is: a list in one answer, of records with an id and a name. */
export const smallest = {
  baseUrl: 'https://api.example.org/v1',
  auth: { kind: 'none' },
  list: { path: 'people', paging: { kind: 'none' } },
  record: { id: 'id', attributes: { name: {} } },
} as const;

/** The same with its list divided into pages of two. */
export function paged(paging: object, records = 'people'): object {
  return { ...smallest, list: { path: 'people', records, paging } };
}

export interface Scripted {
  readonly context: ConnectorContext<RestConfig>;
  /** Every request so far. */
  readonly requests: HttpRequest[];
}

/** What a system answers; without a status 200. */
export type Answer = Json | { readonly answer: Partial<HttpResponse> };

/** A system without sockets: each request is answered by `script`, which is told how many came before. */
export function scripted(
  config: object,
  script: (request: HttpRequest, before: number) => Answer,
  secrets: Readonly<Record<string, string>> = {},
): Scripted {
  const requests: HttpRequest[] = [];
  const context = testContext<RestConfig>({ config: restConfig.parse(config), secrets });
  const http: ConnectorContext['http'] = ({ baseUrl }) => ({
    host: new URL(baseUrl).host,
    room: 4,
    request: (request) => {
      const said = script(request, requests.length);
      requests.push(request);
      const whole = { status: 200, headers: {}, body: null };
      const isAnswer = typeof said === 'object' && said !== null && 'answer' in said;
      return Promise.resolve({
        ...whole,
        ...(isAnswer ? (said as { answer: Partial<HttpResponse> }).answer : { body: said }),
      });
    },
    close: () => Promise.resolve(),
  });
  return { context: { ...context, http }, requests };
}

/** Everybody with the receipt, or the error by which the reading was rejected. */
export async function readAll(
  context: ConnectorContext<RestConfig>,
  attributes: readonly string[] = ['name'],
): Promise<{ readonly rows: readonly Row[]; readonly receipt: Receipt } | SyncError> {
  const rows: Row[] = [];
  try {
    const reading = rest.openReader(context).read({ attributes }, never);
    for (;;) {
      const step = await reading.next();
      if (step.done === true) return { rows, receipt: step.value };
      rows.push(...step.value);
    }
  } catch (error) {
    if (error instanceof SyncError) return error;
    throw error;
  }
}

/** In one line, for tables: `a b c; total reached`, or the reason and message of the error. */
export async function summary(context: ConnectorContext<RestConfig>): Promise<string> {
  const outcome = await readAll(context);
  if (outcome instanceof SyncError) return `${outcome.reason}: ${outcome.message}`;
  return `${outcome.rows.map(({ id }) => id).join(' ')}; ${outcome.receipt.end}`;
}

export function openReader(context: ConnectorContext<RestConfig>): Reader {
  return rest.openReader(context);
}

/** Records by their ids, one letter each. */
export function people(ids: string): Json {
  return ids.split('').map((id) => ({ id, name: `Name ${id}` }));
}

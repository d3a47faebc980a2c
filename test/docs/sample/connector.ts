import { z } from 'zod';
import { apiKeyOf, unexpectedAnswer } from '../../../src/connectors/answers.ts';
import type { Connector, ConnectorContext, Reader, Writer } from '../../../src/connectors/connector.ts';
import { failedWrite, rejected, untilCalledOff } from '../../../src/connectors/failed-write.ts';
import { findByReading } from '../../../src/connectors/find-by-reading.ts';
import { isObject, objectsIn, textOf, type JsonObject } from '../../../src/connectors/json.ts';
import { resolveByLooking } from '../../../src/connectors/resolve-by-looking.ts';
import { trimmedLower } from '../../../src/connectors/text-forms.ts';
import { vendorWords } from '../../../src/connectors/vendor-words.ts';
import { RefusedStatus } from '../../../src/http/errors.ts';
import { applySideBySide } from '../../../src/http/side-by-side.ts';
import { isoInstant } from '../../../src/model/effects.ts';
import type { Order, Result } from '../../../src/model/order.ts';
import type { Shape } from '../../../src/model/reading.ts';
import type { Row, Want } from '../../../src/model/row.ts';

const configSchema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://api.rollcall.example/v1'),
});
type Config = z.output<typeof configSchema>;

const written = { type: 'text', class: 'personal', optional: true, write: 'always' } as const;
const shape: Shape = {
  system: 'Rollcall',
  abilities: { create: true, update: true, enable: true, disable: true, delete: false },
  attributes: [
    { name: 'id', type: 'text', class: 'internal' },
    { ...written, name: 'email', required: true, unique: true, rename: true },
    { ...written, name: 'name', label: 'Full name' },
    { ...written, name: 'team', class: 'internal' },
  ],
  // It keeps addresses in lower case: without this, each would be a change for ever.
  canonical: (attribute) => (attribute === 'email' ? trimmedLower : undefined),
  delivers: false,
};

function openClient(context: ConnectorContext<Config>) {
  const auth = { kind: 'header', name: 'x-api-key', secret: apiKeyOf(context) } as const;
  const limits = [{ requests: 300, perMs: 60_000 }]; // Their page "Limits".
  return context.http({ baseUrl: context.config.baseUrl, auth, limits });
}

function openReader(context: ConnectorContext<Config>): Reader {
  const client = openClient(context);
  const { connection, clock } = context;
  const doubt = (what: string) => unexpectedAnswer(connection, shape.system, what);

  async function pageOf(page: number, signal: AbortSignal) {
    const request = { method: 'GET', path: 'people', query: { page }, effect: 'read' } as const;
    const { body } = await client.request(request, signal);
    const people = isObject(body) ? objectsIn(body['people']) : undefined;
    const total = isObject(body) ? body['total'] : undefined;
    if (people === undefined || typeof total !== 'number') throw doubt('no page of people');
    return { people, total };
  }

  /** Every page names the total: it must stay the same, and as many different people must come. */
  async function* read({ attributes }: Want, signal: AbortSignal) {
    const asOf = isoInstant(clock.now());
    const ids = new Set<string>();
    const first = await pageOf(1, signal);
    for (let [pages, page] = [1, first]; ; pages += 1, page = await pageOf(pages, signal)) {
      const rows = page.people.map((person) => rowOf(person, attributes));
      const records = ids.size + rows.length;
      for (const { id } of rows) ids.add(id);
      if (page.total !== first.total) throw doubt('a list that changed while it was read');
      if (ids.size !== records) throw doubt('somebody a second time');
      yield rows;
      if (records === first.total) return { pages, records, total: records, end: 'total reached', asOf };
      if (rows.length === 0 || records > first.total) throw doubt('a list unlike its total');
    }
  }

  async function probe(signal: AbortSignal) {
    const fields = shape.attributes;
    try {
      await pageOf(1, signal);
      return { fields, missing: [] };
    } catch (error) {
      if (!(error instanceof RefusedStatus) || error.status !== 403) throw error;
      return { fields, missing: ['the key may not list people: give it the scope people.read'] };
    }
  }

  const find: Reader['find'] = (want, keys, signal) => findByReading({ read, shape }, want, keys, signal);
  return {
    shape,
    read,
    find,
    looksUp: () => false,
    resolve: (intent, signal) => resolveByLooking({ find, shape }, intent, signal),
    probe,
    close: () => client.close(),
  };
}

function rowOf(person: JsonObject, names: readonly string[]): Row {
  const values = names.map((name) => textOf(person[name]));
  return { id: textOf(person['id']) ?? '', values, active: person['active'] !== false };
}

function openWriter(context: ConnectorContext<Config>): Writer {
  const client = openClient(context);

  async function carryOut({ key, kind, accountId, set }: Order, signal: AbortSignal): Promise<Result> {
    const path = accountId === null ? 'people' : `people/${encodeURIComponent(accountId)}`;
    const json = kind === 'create' || kind === 'update' ? set : { ...set, active: kind === 'enable' };
    // A POST that is sent twice makes two people; a PATCH does the same again.
    const effect = accountId === null ? 'once' : 'repeatable';
    const method = accountId === null ? 'POST' : 'PATCH';
    const request = { method, path, body: { json }, effect, accept: [404, 409, 422] } as const;
    try {
      const { status, body } = await client.request(request, signal);
      const said = isObject(body) ? body : {};
      const words = vendorWords(said['message'], { fields: Object.keys(set) });
      if (status >= 400) return { key, ...rejected('Refused', `Rollcall said ${status}: ${words}`) };
      const id = accountId ?? textOf(said['id']);
      if (typeof id === 'string') return { key, outcome: 'applied', accountId: id, sent: set };
      const message = 'Rollcall did not say the id of a new person; they are looked up';
      return { key, outcome: 'unknown', error: { reason: 'AnswerLost', message, fate: 'person' } };
    } catch (error) {
      return { key, ...failedWrite(error, effect, signal) };
    }
  }

  const room = () => client.room;
  const apply: Writer['apply'] = (orders, signal) =>
    applySideBySide(untilCalledOff(orders, signal), room, (order) => carryOut(order, signal));
  return { apply, close: () => client.close() };
}

export const rollcall: Connector<Config> = {
  name: 'rollcall',
  title: 'Rollcall',
  config: configSchema,
  credentials: [{ name: 'apiKey', required: true, about: 'API key with people.read and people.write.' }],
  system: 'identity',
  source: true,
  target: true,
  entities: ['person'],
  tellsAccount: false,
  capabilities: { read: 'people', write: 'create, update, enable, disable', untested: 'live accounts' },
  attributes: () => shape.attributes,
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  openReader,
  openWriter,
};

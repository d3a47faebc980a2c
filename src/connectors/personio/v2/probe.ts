import { RefusedStatus } from '../../../http/errors.ts';
import type { AttributeSpec } from '../../../model/attribute.ts';
import type { ConnectorContext, Probe } from '../../connector.ts';
import { idOf, type JsonObject } from '../../json.ts';
import { accountOf } from '../account.ts';
import type { PersonioClient } from '../client.ts';
import { missingOf } from '../probe.ts';
import { keyOf, type PersonioConfig } from '../schema.ts';
import { isListed, onlyInV2, v2Attributes } from './attributes.ts';
import { usualPerMinute, type PersonioV2Client } from './client.ts';
import { readableByV1, shownBy, unlessRefused } from './discover.ts';
import { employedOf, type Employed } from './employment.ts';
import { idsOf, kinds, Names } from './names.ts';
import { employmentsOf, persons } from './resources.ts';

type Context = Pick<ConnectorContext<PersonioConfig>, 'fields' | 'config' | 'connection'>;

/**
 * What these credentials can read, tried out: the scopes that Personio's pages name do not agree with those that its
 * tokens do.
 */
export async function probeCompany(
  client: PersonioV2Client,
  v1: PersonioClient,
  context: Context,
  signal: AbortSignal,
): Promise<Probe> {
  const tried = new Tried(context);
  const page = await tried.out(
    () => client.page(persons, {}, undefined, signal),
    () => true,
  );
  if (page === undefined) return { fields: v2Attributes, missing: tried.missing };
  const { items } = page;
  const employed = await tried.out(
    () => employedFirst(client, items, signal),
    (name) => !isListed(name),
  );
  const names = new Names(client);
  for (const kind of kinds) {
    const ids = (employed?.current === undefined ? [] : idsOf(kind, employed.current)) ?? [];
    // Without anything to ask for, that there is no such thing tells that one may ask.
    await tried.out(
      () => names.learn(kind, ids.length === 0 ? ['0'] : ids, signal),
      (name) => name === `${kind}.name`,
    );
  }
  const account = await accountOf(client, signal);
  const readable = (await readableByV1(v1, signal)) ?? shownBy(items, employed ?? null);
  const saved = (context.fields ?? []).filter(({ name }) => !onlyInV2.includes(name));
  return {
    ...(account === undefined ? {} : { account }),
    fields: [
      ...v2Attributes.filter((spec) => tried.isOpen(spec) && isReadable(spec, readable.keys)),
      ...readable.customs,
    ],
    missing: [...tried.missing, ...missingOf(readable, saved)],
    ...(await costOf(v1, context, signal)),
  };
}

function isReadable(spec: AttributeSpec, keys: ReadonlySet<string>): boolean {
  return spec.name === 'id' || onlyInV2.includes(spec.name) || keys.has(keyOf(spec));
}

/** The employments of the first person who has an id, as an example. */
async function employedFirst(
  client: PersonioV2Client,
  items: readonly JsonObject[],
  signal: AbortSignal,
): Promise<Employed | undefined> {
  const id = items.map((item) => idOf(item['id'])).find((one) => one !== undefined);
  if (id === undefined) return undefined;
  const page = await client.page(employmentsOf(id), {}, undefined, signal);
  return employedOf(page.items);
}

/** What was asked for, and what of it Personio does not give. */
class Tried {
  readonly missing: string[] = [];
  readonly #context: Context;
  readonly #closed: ((name: string) => boolean)[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * A right that is missing can be given, and is told; a part of the API that the company has not only where a saved
   * attribute is read from it.
   */
  async out<T>(ask: () => Promise<T>, isReadThere: (name: string) => boolean): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RefusedStatus) || ![403, 404, 412].includes(error.status)) throw error;
      this.#closed.push(isReadThere);
      const { connection, fields = [] } = this.#context;
      const isWanted = fields.some(({ name }) => isReadThere(name));
      const sentence = error.message.replace(`connection ${connection}: `, '');
      const isNew = !this.missing.includes(sentence);
      if (isNew && (error.status === 403 || isWanted)) this.missing.push(sentence);
      return undefined;
    }
  }

  isOpen({ name }: AttributeSpec): boolean {
    return !this.#closed.some((isReadThere) => isReadThere(name));
  }
}

/** Only v1 tells how many people there are. */
async function costOf(
  v1: PersonioClient,
  { config }: Context,
  signal: AbortSignal,
): Promise<Pick<Probe, 'cost'>> {
  const page = await unlessRefused(() => v1.page(0, ['id'], signal, 1));
  if (page === undefined) return {};
  const { total } = page;
  // At first everybody's employments, later those of whom the list shows a change.
  const requests = Math.max(1, Math.ceil(total / persons.pageSize)) + total + kinds.length;
  const limitPerHour = (config.perMinute ?? usualPerMinute) * 60;
  return { cost: { requests, forPictures: total, limitPerHour } };
}

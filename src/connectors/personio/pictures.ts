import { applySideBySide } from '../../http/side-by-side.ts';
import type { Details } from '../../model/order.ts';
import { largestPicture, type Picture, type PictureWanted } from '../../model/picture.ts';
import type { Row } from '../../model/row.ts';
import type { ConnectorContext } from '../connector.ts';
import { pictureFrom, toldOf } from '../picture.ts';
import { isRecent } from '../singly.ts';
import type { PersonioClient } from './client.ts';
import type { PersonioConfig } from './schema.ts';

/** A row whose picture is to be told, and what its record says of when it was last changed. */
export interface Listed {
  readonly row: Row;
  readonly version: string;
}

type Context = Pick<ConnectorContext<PersonioConfig>, 'config' | 'clock' | 'details' | 'refreshDetailsMs'>;

/** Where other details of the same people are remembered besides: under ids of their own. */
export function picturesApart(client: PersonioClient, context: Context): Pictures {
  const { config, clock, details, refreshDetailsMs } = context;
  const apart: Details = {
    async recall(items) {
      const known = await details.recall(items.map(named));
      return new Map([...known].map(([id, detail]) => [id.slice('picture '.length), detail]));
    },
    remember: (items) => details.remember(items.map(named)),
    forget: (ids) => details.forget(ids.map((id) => named({ id }).id)),
  };
  return new Pictures(client, { config, clock, details: apart, refreshDetailsMs });
}

function named<T extends { readonly id: string }>(one: T): T {
  return { ...one, id: `picture ${one.id}` };
}

/**
 * Digests of pictures, a request for each person, remembered under the moment of the last change that the list shows. That
 * a new picture moves that moment is not documented: each is read again after `details.refresh`.
 */
export class Pictures {
  readonly #client: PersonioClient;
  readonly #context: Context;

  constructor(client: PersonioClient, context: Context) {
    this.#client = client;
    this.#context = context;
  }

  /** These rows with the digest where the list has an address: an address alone says nothing of the content. */
  async inPlaceOfAddresses(
    listed: readonly Listed[],
    columns: readonly number[],
    signal: AbortSignal,
  ): Promise<readonly Row[]> {
    const asked = listed.filter(
      ({ row }) => row.id !== '' && columns.some((at) => typeof row.values[at] === 'string'),
    );
    const told = await this.#told(asked, signal);
    return listed.map(({ row }) => {
      const value = (at: number, address: Row['values'][number]) =>
        columns.includes(at) && typeof address === 'string' ? told.get(row.id) : address;
      return { ...row, values: row.values.map((address, at) => value(at, address)) };
    });
  }

  async picture(wanted: PictureWanted, signal: AbortSignal): Promise<Picture> {
    try {
      return await pictureFrom(wanted, () => this.#ask(wanted.id, signal));
    } catch (error) {
      await this.#context.details.forget([wanted.id]);
      throw error;
    }
  }

  async #told(listed: readonly Listed[], signal: AbortSignal): Promise<ReadonlyMap<string, string | null>> {
    const { details, clock } = this.#context;
    const told = new Map<string, string | null>();
    if (listed.length === 0) return told;
    const known = await details.recall(listed.map((one) => this.#keyOf(one)));
    const missing = listed.filter(({ row }) => {
      const detail = known.get(row.id);
      const isFresh = detail !== undefined && isRecent(detail.readAt, this.#context);
      if (isFresh && (detail.data === null || typeof detail.data === 'string')) told.set(row.id, detail.data);
      return !told.has(row.id);
    });
    const read: (Listed & { readonly data: string | null })[] = [];
    const one = async (person: Listed) => ({
      ...person,
      data: await toldOf(() => this.#ask(person.row.id, signal)),
    });
    try {
      for await (const person of applySideBySide(missing, () => this.#client.room, one)) read.push(person);
    } finally {
      // What was read before a request failed is not asked for again.
      const readAt = clock.now();
      const items = read.map(({ data, ...person }) => ({ ...this.#keyOf(person), data, readAt }));
      if (items.length > 0) await details.remember(items);
    }
    for (const { row, data } of read) told.set(row.id, data);
    return told;
  }

  #ask(id: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
    return this.#client.picture(id, this.#context.config.pictureWidth, largestPicture, signal);
  }

  /** Another width is another content. */
  #keyOf({ row, version }: Listed): { readonly id: string; readonly version: string } {
    return { id: row.id, version: `${version} ${this.#context.config.pictureWidth}` };
  }
}

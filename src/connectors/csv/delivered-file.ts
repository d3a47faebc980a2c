import { Waiting } from '../../model/error.ts';
import { isoInstant } from '../../model/effects.ts';
import type { ConnectorContext } from '../connector.ts';
import { SftpServer } from '../sftp/server.ts';
import { upload } from '../sftp/upload.ts';
import type { FileLocation, FoundFile, Published } from './location.ts';
import { broken, where, type Place } from './place.ts';
import type { CsvConfig } from './schema.ts';

type Delivery = NonNullable<NonNullable<CsvConfig['write']>['deliver']>;

/**
 * A list of which whoever imports it gets a copy. The list says what was delivered last, whatever becomes of the copy: the
 * copy goes first, so that nothing counts as delivered that was not. After a break between the two the same is delivered
 * again, which is the whole list and so does no harm.
 */
export class DeliveredFile implements FileLocation {
  readonly place: Place;
  readonly #list: FileLocation;
  readonly #delivery: Delivery;
  readonly #context: ConnectorContext;
  readonly #server: SftpServer;

  constructor(list: FileLocation, delivery: Delivery, context: ConnectorContext) {
    this.place = list.place;
    this.#list = list;
    this.#delivery = delivery;
    this.#context = context;
    this.#server = new SftpServer(delivery.sftp, context);
  }

  async stamp(signal: AbortSignal): Promise<string> {
    return await this.#list.stamp(signal);
  }

  async open(signal: AbortSignal): Promise<FoundFile> {
    return await this.#list.open(signal);
  }

  async replace(bytes: Uint8Array, stamp: string, signal: AbortSignal): Promise<Published> {
    const { sftp, takenAway } = this.#delivery;
    const path = sftp.path.replaceAll('{time}', this.#time());
    if ((await this.#list.stamp(signal)) !== stamp) {
      return { failed: broken(this.place, 'FileChanged', 'was changed by somebody else'), unknown: false };
    }
    const { connection } = this.#context;
    const place = { connection, file: path };
    const session = await this.#server.session(signal);
    const order = { path, bytes, id: this.#context.random.id() };
    const uploaded = await upload(session, sftp, order, { place, what: 'cannot be delivered', signal });
    if (uploaded === 'gone' && !takenAway) {
      const message = `${where(place)} is not there any more right after it was delivered; set takenAway where its receiver takes it away at once`;
      return { failed: new Waiting('FileTaken', message, { connection }), unknown: true };
    }
    if (typeof uploaded === 'object' && 'failed' in uploaded) return uploaded;
    const listed = await this.#list.replace(bytes, stamp, signal);
    // It has gone out: whether it counts is told by the list.
    return 'stamp' in listed ? listed : { ...listed, unknown: true };
  }

  async close(): Promise<void> {
    await Promise.all([this.#list.close(), this.#server.close()]);
  }

  /** Of a name: 20261120T080000123Z. */
  #time(): string {
    return isoInstant(this.#context.clock.now()).replaceAll(/[-:.]/g, '');
  }
}

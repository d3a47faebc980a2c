import type { z } from 'zod';
import type { AttributeSpec } from '../model/attribute.ts';
import type { Clock, Random } from '../model/effects.ts';
import type { Entity } from '../model/entity.ts';
import type { Disabling, Shape } from '../model/reading.ts';
import type { Details, Intent, Order, Resolution, Result } from '../model/order.ts';
import type { Key, Receipt, Row, Want } from '../model/row.ts';
import type { Picture, PictureWanted } from '../model/picture.ts';
import type { KeptTokens } from '../model/kept-tokens.ts';
import type { Secret } from '../model/secret.ts';
import type { SystemKind } from '../model/system.ts';
import type { HttpFactory } from '../http/client.ts';
import type { SocketFactory } from '../http/socket.ts';
import type { WebhookVerifier } from '../model/webhook.ts';

/**
 * Looks and never writes: planning gets one of these and nothing else. A connector translates; it neither diffs nor
 * decides.
 */
export interface Reader {
  readonly shape: Shape;
  /**
   * Every record, in batches, then the receipt that proves the end. Rejects with a `SyncError` on any doubt: a page that
   * repeats, a total that does not add up, a body that is cut. A short list must never look whole.
   */
  read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt>;
  /**
   * Every record that has any of the keys, equal in the form of `Shape.canonical` (target: inactive ones and those outside
   * the scope too), each as `read` would give it. The attribute `id` is the record's own id, whatever the system calls it.
   * Rejects as `read` does: that nobody came must mean that there is nobody. For partial passes and lost answers.
   */
  find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]>;
  /**
   * Whether `find` looks this attribute up in a few requests. False where it cannot, or where only the whole list tells: a
   * pass over a few people that needs it reads everybody then. Left out where it can look up any.
   */
  looksUp?(attribute: string): boolean;
  /**
   * The content of a picture whose digest a reading told, for the moment of sending. Rejects with `PictureUnavailable`
   * where it is another by now, or none, having forgotten what it remembered of it: the next reading tells anew. Only
   * where the connection has attributes of type `picture`.
   */
  picture?(wanted: PictureWanted, signal: AbortSignal): Promise<Picture>;
  /** What became of an order whose answer was lost, by looking. */
  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution>;
  /**
   * Which remote account this is, in the system's own word: the same each time, and never a person's. Asked before every
   * reading, so it costs one request at the most. Left out where no request tells (`tellsAccount: false`).
   */
  account?(signal: AbortSignal): Promise<string | undefined>;
  /**
   * What is likely missing where an attribute has no value for people who should have one: the permission or setting in
   * the system's own words, as half a sentence. Left out, or `undefined`, where nothing better is known than a lost right.
   */
  whyEmpty?(attribute: string): string | undefined;
  /** Asks the system who we are and what we may see. For `connection test` and `connection fields`. */
  probe(signal: AbortSignal): Promise<Probe>;
  /** Frees sockets. */
  close(): Promise<void>;
}

/** Exists only inside apply. */
export interface Writer {
  /**
   * One result for each order, in any order. Takes the next order only when it has room for it, so that the caller can
   * record the intent just before. Never throws for one order's fault; rejects only when the connection as a whole is
   * gone, and then every order taken and not answered is `unknown`.
   */
  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result>;
  close(): Promise<void>;
}

/** What `connection test` prints. */
export interface Probe {
  /** The remote account or tenant this is, where the system tells. */
  readonly account?: string;
  /** Our own account there, which is never touched. */
  readonly ownAccountId?: string;
  /** Attributes that this credential can read, custom ones included. */
  readonly fields: readonly AttributeSpec[];
  /** Permissions or settings that are missing, each with the way out. */
  readonly missing: readonly string[];
  /** What a person should know of this connection although nothing is missing, a sentence each. */
  readonly notes?: readonly string[];
  /** Requests that a full pass will cost, and the limit per hour, where known. */
  readonly cost?: {
    readonly requests: number;
    /** On top, at the first pass of a sync that wants pictures, and again for each that may be another by now. */
    readonly forPictures?: number;
    readonly limitPerHour?: number;
  };
}

/** What a connector is given to open a connection. */
export interface ConnectorContext<Config = unknown> {
  /** The connection's name in the specs, for messages. */
  readonly connection: string;
  /** What the reader or writer is opened for: one of the connector's own. */
  readonly entity: Entity;
  readonly config: Config;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Attributes of this entity saved by `connection fields --save`, when there are any. */
  readonly fields: readonly AttributeSpec[] | undefined;
  readonly http: HttpFactory;
  /** For protocols other than HTTP. */
  readonly sockets: SocketFactory;
  readonly tokens: KeptTokens;
  readonly details: Details;
  /** How long a detail is trusted before it is read again (ms). */
  readonly refreshDetailsMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Resolves a path of the config, or one below the folder that an environment variable names, to a real path, or
   * throws `Stalled` when the operator does not allow it.
   */
  files(file: string | { readonly env: string; readonly path: string }): string;
  /** The same for a file that is to be written, and may not be there yet. */
  filesToWrite(file: string | { readonly env: string; readonly path: string }): string;
}

/** How a person lets us in with a browser: a consent page that sends them back, or a set-up link of the vendor. */
export interface Connect<Config = unknown> {
  /** Half a sentence for `connection connect --help` and the docs: what the page asks, and whose rights it needs. */
  readonly about: string;
  /** Why there is nothing to connect with this config, with the way out. */
  whyNot?(config: Config): string | undefined;
  begin(context: ConnectorContext<Config>, how: ConnectWith, signal: AbortSignal): Promise<Connecting>;
}

export interface ConnectWith {
  /** Where the browser comes back to, for vendors that send it back. */
  readonly redirectUri: string;
  /** Unguessable, of this attempt alone (RFC 6749 section 10.12). The caller refuses an answer that brings another. */
  readonly state: string;
}

/** A page waiting for somebody. Whoever opens it connects: it is shown to the person who asked, and never logged. */
export interface Connecting {
  readonly url: string;
  /** ISO instant after which the page is worth nothing, where the vendor says. */
  readonly expiresAt?: string;
  /**
   * How we learn that it was done. `redirect`: the browser comes back with these parameters; what they are worth is asked
   * of the vendor. `asked`: the vendor is asked now and then; true when it is done. Both keep what is to be kept in
   * `ConnectorContext.tokens` before they resolve, and reject with `Stalled` when it was refused. One that is asked and
   * rejects with `Waiting` is asked again.
   */
  readonly done:
    | { readonly kind: 'redirect'; redeem(parameters: URLSearchParams, signal: AbortSignal): Promise<void> }
    | { readonly kind: 'asked'; readonly everyMs: number; ask(signal: AbortSignal): Promise<boolean> };
}

/** A kind of system. The registry holds one for each; nothing else names a vendor. */
export interface Connector<Config = unknown> {
  readonly name: string;
  readonly title: string;
  /** Strict object; unknown keys are refused by it. */
  readonly config: z.ZodType<Config>;
  readonly credentials: readonly {
    readonly name: string;
    /** Or with which config. */
    readonly required: boolean | ((config: Config) => boolean);
    readonly about: string;
  }[];
  /**
   * The third party whose servers people's data passes, with its legal name, where it is not the system itself. A spec
   * must then say who accepted it, and when.
   */
  readonly subprocessor?: string;
  /** What such systems are for: creating people in one of `hr` asks for more care than an account somewhere. */
  readonly system: SystemKind;
  readonly source: boolean;
  readonly target: boolean;
  /** What it can be opened for. */
  readonly entities: readonly Entity[];
  /** Those of them that it can also write, where that is not each of them. */
  readonly targetEntities?: readonly Entity[];
  /** False where no request tells which remote account this is, so that `account` in a spec checks nothing; a reader has `account` if not. */
  readonly tellsAccount: boolean;
  /** Capability table of the docs: what works, in a few words each. */
  readonly capabilities: Readonly<Record<'read' | 'write' | 'untested', string>>;
  /** Attributes known without asking the system. `undefined` when only the system (or its saved fields) can tell. */
  attributes(config: Config, entity: Entity): readonly AttributeSpec[] | undefined;
  /** Why these cannot be read or written with this config, with the way out; left out where every config allows all. */
  whyNot?(config: Config, entity: Entity, use: 'read' | 'write'): string | undefined;
  /** What `Shape.disabling` says with this config. Left out by connectors whose disabled accounts always stay. */
  disabling?(config: Config, entity: Entity): Disabling | undefined;
  /** Hosts (`host` or `host:port`) that the config makes it talk to, for the operator's allow lists. */
  hosts(config: Config): readonly string[];
  /** Left out by connectors whose system sends none. */
  readonly webhook?: WebhookVerifier<Config>;
  /** Left out where the credentials are all that it takes. For `connection connect`. */
  readonly connect?: Connect<Config>;
  openReader(context: ConnectorContext<Config>): Reader;
  /** Left out by connectors that cannot write. */
  openWriter?(context: ConnectorContext<Config>): Writer;
}

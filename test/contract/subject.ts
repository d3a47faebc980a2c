import type { Connector, ConnectorContext } from '../../src/connectors/connector.ts';
import type { Entity } from '../../src/model/entity.ts';
import type { Disabling, Shape } from '../../src/model/reading.ts';
import type { Json, Value } from '../../src/model/value.ts';
import type { Loopback, VendorRequest } from '../vendors/loopback.ts';

/**
 * Stands in every credential and in every text value of the people that a subject puts in or writes. The suite
 * searches each error for it.
 */
export const canary = 'kanarie';

/** A connector and a stand-in of its system, as the contract suite needs them. */
export interface ContractSubject<Config> {
  readonly name: string;
  readonly connector: Connector<Config>;
  /** With `http` the suite breaks pages, answers and connections by itself. */
  /** What the context is opened for; people, where it is left out. */
  readonly entity?: Entity;
  readonly transport: 'http' | 'file';
  /** Set where the system gives the whole list in one answer: the cases of pages are those of this one. */
  readonly onePage?: true;
  /** How many people make exactly three pages (for a file or one page: any number above two). */
  readonly people: number;
  /** Attributes that the read cases ask for; each holds a value for everybody whom `put` puts in. */
  readonly attributes: readonly string[];
  /** Attributes of `attributes` by which a record can be looked up; no two people share a value. */
  readonly findable: readonly string[];
  /**
   * Ways in which a reading of this system can look whole although it is not. An `http` subject answers for each of
   * `pagingDoubts`, with a way to cause it or with the reason why the API cannot do that.
   */
  readonly doubts: readonly Doubt[];
  /** Whether tokens expire and are fetched anew; `system.expireToken` then must be there. */
  readonly tokens: 'expire' | 'last';
  /** Left out for a connector that cannot write. */
  readonly target?: TargetSubject;
  /** A fresh, empty system and a context that leads to it. */
  start(): Promise<{ readonly context: ConnectorContext<Config>; readonly system: ContractSystem }>;
}

/** What every paging API must be doubted for. */
export const pagingDoubts = ['page repeated', 'paging goes in a circle', 'total does not add up'] as const;

export type Doubt =
  | {
      readonly name: string;
      /** Called when the people are in. From here on a read must be rejected, or still give everybody. */
      cause(system: ContractSystem): void | Promise<void>;
      /** `rejected` (the default) or, where the reader can make it good, `whole`. */
      readonly then?: 'rejected' | 'whole';
    }
  | { readonly name: string; readonly impossible: string };

/** A running stand-in of the system. */
export interface ContractSystem {
  /** Puts `count` invented people in, canaries in their values, and says their ids as the connector gives them. */
  put(count: number): Promise<readonly string[]>;
  /** Every account that the system holds now, raw, by id; without administrators that a fresh system comes with. */
  state(): ReadonlyMap<string, Json> | Promise<ReadonlyMap<string, Json>>;
  /** For `http`: the server, and which of its requests are pages of the list and which are writes. */
  readonly server?: {
    readonly loopback: Loopback;
    isPage(request: Pick<VendorRequest, 'method' | 'path'>): boolean;
    isWrite(request: Pick<VendorRequest, 'method' | 'path'>): boolean;
  };
  /** The token in use is no longer taken; a new one can be had. */
  readonly expireToken?: () => void;
  /** Takes something away that the connector needs; the sentence in `Probe.missing` must match the pattern. */
  withhold?(): RegExp | Promise<RegExp>;
  stop(): Promise<void>;
}

export interface TargetSubject {
  /** What `shape.abilities` must say. Cases are generated from it. */
  readonly abilities: Shape['abilities'];
  /**
   * A new account: what a create sets, and by what it is known. Two numbers share nothing that must be unique. Where none
   * can be created: nothing; the cases are those of somebody put in.
   */
  account(n: number): {
    readonly set: Readonly<Record<string, Value>>;
    readonly identity: Readonly<Record<string, Value>>;
  };
  /** Attributes of `account` that no two accounts may share; creating one that is in use must be refused. */
  readonly unique: readonly string[];
  /** Each is carried out on `account(1)` and must read back as no difference; `null` clears. */
  readonly updates: readonly { readonly name: string; readonly set: Readonly<Record<string, Value>> }[];
  /** The field of a raw record, put in by `put`, that the connector does not know and must not touch. */
  unknownField(record: Json): Json | undefined;
  /** Kinds of change after whose lost answer the writer looks by itself, before it says what became of it. */
  readonly looks?: readonly (keyof Shape['abilities'])[];
  /** What `shape.disabling` must say; with `deletes`, whoever is disabled is gone. */
  readonly disabling?: Disabling;
  /** Set where orders share a request that takes the place of the last one, so that it may be sent twice: a whole file. */
  readonly wholeFile?: true;
  /** The most orders that may be taken and not answered at any moment. */
  readonly mostAtOnce: number;
}

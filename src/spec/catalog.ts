import type { AttributeSpec } from '../model/attribute.ts';
import type { Entity } from '../model/entity.ts';
import type { Finding } from '../model/error.ts';
import type { Disabling } from '../model/reading.ts';
import type { SystemKind } from '../model/system.ts';

/** What the loader must know of connectors, without knowing one. The composition root makes it from the registry. */
export interface Catalog {
  readonly connectors: ReadonlyMap<string, ConnectorFacts>;
}

export interface ConnectorFacts {
  readonly name: string;
  /** Left out where it is not known: nothing is asked of such a target. */
  readonly system?: SystemKind;
  /** A third party that data passes: a spec must say who accepted it. */
  readonly subprocessor?: string;
  readonly source: boolean;
  readonly target: boolean;
  /** What can be read. */
  readonly entities: readonly Entity[];
  /** What can be written, where it is a target. */
  readonly targetEntities: readonly Entity[];
  /** False where `account` in a spec checks nothing, because the system does not tell which one it is. */
  readonly tellsAccount?: boolean;
  readonly credentials: readonly {
    readonly name: string;
    /** Or with which checked config. */
    readonly required: boolean | ((config: unknown) => boolean);
  }[];
  /** Checks a config: the typed config, or faults with the path of keys inside it. */
  parseConfig(config: unknown): { readonly config: unknown } | { readonly faults: readonly ConfigFault[] };
  /** Attributes known offline for a checked config, or undefined when only saved fields can tell. */
  attributes(config: unknown, entity: Entity): readonly AttributeSpec[] | undefined;
  /** Why these cannot be read or written with this config, with the way out; undefined where they can. */
  whyNot?(config: unknown, entity: Entity, use: 'read' | 'write'): string | undefined;
  /** See `Shape.disabling`. */
  disabling?(config: unknown, entity: Entity): Disabling | undefined;
  hosts(config: unknown): readonly string[];
}

export interface ConfigFault {
  readonly path: readonly (string | number)[];
  readonly code: Finding['code'];
  readonly message: string;
  readonly suggestion?: string;
}

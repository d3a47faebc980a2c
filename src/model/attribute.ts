import type { DataClass, ValueType } from './value.ts';

/**
 * One attribute that a connector publishes. Plain data: `connection fields --save` writes these into the specs
 * repository, so that expressions are checked offline.
 */
export interface AttributeSpec {
  /** Stable name, equal across API versions of a vendor; dots nest (`office.name`, `custom.Cost center`). */
  readonly name: string;
  readonly type: ValueType;
  readonly class: DataClass;
  /** What people call it in the vendor's pages, where that differs from the name. */
  readonly label?: string;
  /** The vendor's own key, where that differs from the name (`dynamic_24407`, `custom_field_1`). */
  readonly key?: string;
  /** Every value the vendor documents, for enumerations. */
  readonly values?: readonly string[];
  /** True when a record may lack it (the usual case). False only where the vendor guarantees it. */
  readonly optional?: boolean;
  /** Target side: when it can be written. Absent means never. */
  readonly write?: 'always' | 'create';
  /** Target side: the system refuses a create without it. */
  readonly required?: boolean;
  /** Target side: no two accounts may share a value. */
  readonly unique?: boolean;
  /** Target side: a login or an e-mail address; changing it counts in the limit class `rename`. */
  readonly rename?: boolean;
  /** Never read back by the system (a password): sent, never compared. */
  readonly writeOnly?: boolean;
}

/** False for what the target never shows as it was sent: a password, and a picture, which systems cut and pack anew. */
export function isReadBack({ writeOnly, type }: Pick<AttributeSpec, 'writeOnly' | 'type'>): boolean {
  return writeOnly !== true && type !== 'picture';
}

import type { RecordView } from '../expression/expression.ts';
import type { Value } from '../model/value.ts';
import { isNothing } from '../model/value.ts';
import type { Derived, MappedAttribute } from '../spec/compiled.ts';

/** What a mapping makes of one person's record. */
export type Mapped =
  /** Nothing is said about the attribute: it stays as it is. */
  | { readonly kind: 'keep' }
  /** `null` takes the value away. */
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'secret' }
  | { readonly kind: 'derived'; readonly what: Derived }
  /** The first of these that nobody else has. */
  | { readonly kind: 'candidates'; readonly candidates: readonly string[] }
  /** The account of this person (id in the source). */
  | { readonly kind: 'person'; readonly person: string }
  /** In words without the person's value. */
  | { readonly kind: 'fault'; readonly reason: string };

const keep: Mapped = { kind: 'keep' };
const clear: Mapped = { kind: 'value', value: null };
const secret: Mapped = { kind: 'secret' };

export function mapAttribute(mapped: MappedAttribute, person: RecordView): Mapped {
  const { result } = mapped;
  if (result.kind === 'constant') return { kind: 'value', value: result.value };
  if (result.kind === 'generate')
    return result.what === 'secret' ? secret : { kind: 'derived', what: result.what };
  const found = result.expression.evaluate(person);
  if (found.kind === 'error') return fault(mapped, found.message);
  if (found.kind === 'absent')
    return nothing(mapped, `depends on ${found.attributes.join(', ')}, which is absent`);
  if (isNothing(found.value)) return nothing(mapped, 'is null');
  if (result.kind === 'expression') return { kind: 'value', value: found.value };
  if (result.kind === 'unique') return candidatesOf(mapped, found.value);
  if (found.value === '') return nothing(mapped, 'names nobody');
  return { kind: 'person', person: String(found.value) };
}

function candidatesOf(mapped: MappedAttribute, value: Value): Mapped {
  const given = (Array.isArray(value) ? value : [value]).map(String);
  const candidates = [...new Set(given)].filter((one) => one !== '');
  if (candidates.length === 0) return nothing(mapped, 'has no candidate');
  return { kind: 'candidates', candidates };
}

/** What `onNull` says of an attribute without a value; `why` completes the sentence of the fault. */
export function nothing(mapped: MappedAttribute, why: string): Mapped {
  if (mapped.onNull === 'keep') return keep;
  if (mapped.onNull === 'clear') return clear;
  return fault(mapped, why);
}

function fault(mapped: MappedAttribute, why: string): Mapped {
  return { kind: 'fault', reason: `attribute "${mapped.name}" (${mapped.class}): ${why}` };
}

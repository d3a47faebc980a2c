import type { Expression, LookupTable } from '../../expression/expression.ts';
import type { CompiledSync, MappedAttribute } from '../compiled.ts';
import { digestOf } from '../digest.ts';

/** What decides about people and values. */
export type Rules = Pick<CompiledSync, 'who' | 'identity' | 'match' | 'attributes' | 'status' | 'dates'>;

/** Digest of the rules as written, references resolved, and of the tables that their expressions read. */
export function rulesDigest(
  { who, identity, match, attributes, status, dates }: Rules,
  expressions: readonly Expression[],
  lookups: ReadonlyMap<string, LookupTable>,
): string {
  const tables = new Set(expressions.flatMap((expression) => expression.lookups));
  return digestOf({
    who: who.map((clause) => clause.expression.text),
    identity: identity.map((attribute) => written(attribute)),
    match: match.map(({ items, accounts }) => ({
      accounts,
      items: items.map(({ attribute, expression, normalise }) => [
        attribute,
        expression.text,
        ...(normalise === undefined ? [] : [normalise]),
      ]),
    })),
    attributes: attributes.map((attribute) => written(attribute)),
    status: status && {
      value: status.value.text,
      here: [...status.here].toSorted(),
      away: [...status.away].toSorted(),
      left: [...status.left].toSorted(),
    },
    dates: {
      starts: dates.starts?.text,
      lastDay: dates.lastDay?.text,
      timezone: 'constant' in dates.timezone ? dates.timezone : dates.timezone.text,
    },
    lookups: [...tables].toSorted().map((name) => [name, ...(lookups.get(name)?.rows ?? [])]),
  });
}

function written({ name, text, result, policy, onNull, collection }: MappedAttribute) {
  const list = collection === undefined || isPlain(collection) ? undefined : collection;
  const elements = list && { kind: list.kind, tolerate: list.tolerate };
  return { name, kind: result.kind, text, policy, onNull, elements };
}

function isPlain({ kind, tolerate }: NonNullable<MappedAttribute['collection']>): boolean {
  return kind === 'own' && tolerate.length === 0;
}

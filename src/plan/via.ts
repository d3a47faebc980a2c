import type { Evaluation, Expression, RecordView } from '../expression/expression.ts';
import { nounOf } from '../model/entity.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Value } from '../model/value.ts';
import type { Clause, CompiledSync, MappedAttribute, Reference } from '../spec/compiled.ts';
import type { PlanInput, ViaLinks } from './input.ts';

/**
 * The same input with the links put into the sync's references, so that they evaluate as any other expression. A record
 * with a reference that must not be absent (identity, `onNull: error`) and has no counterpart yet is undecided, as if a
 * clause of `who` depended on it: it waits, and nothing is taken away. A sync without references is left as it is.
 */
export function withReferences(input: PlanInput): PlanInput {
  const { sync, memory } = input;
  const references = referencesOf(sync);
  if (references.length === 0) return input;
  const roads = new Map<string, Road>();
  const bind = (reference: Reference): Bound => {
    const key = reference.via.map((step) => step.sync).join('\n');
    const road = roads.get(key) ?? roadOf(reference, memory.via ?? new Map());
    roads.set(key, road);
    return bound(reference, road);
  };
  const one = (mapped: MappedAttribute): MappedAttribute => {
    const { result } = mapped;
    if (result.kind !== 'expression' || !isReference(result.expression)) return mapped;
    return { ...mapped, result: { ...result, expression: bind(result.expression) } };
  };
  const [identity, attributes] = [sync.identity.map(one), sync.attributes.map(one)];
  const match = sync.match.map((rule) => ({
    ...rule,
    items: rule.items.map((item) =>
      isReference(item.expression) ? { ...item, expression: bind(item.expression) } : item,
    ),
  }));
  const who = [
    ...sync.who,
    ...waitingClauses(identity, 'identity'),
    ...waitingClauses(attributes, 'attributes'),
    // Nobody is found by half a rule, and what is there already would be made again.
    ...match.flatMap(({ id, items }) =>
      items.flatMap((item) => waitingFor(`${id}.${item.attribute}`, item.expression, sync.place)),
    ),
  ];
  return { ...input, sync: { ...sync, identity, attributes, match, who } };
}

/** Every reference of the sync that is led through the links of others. */
export function referencesOf({
  identity,
  attributes,
  match,
}: Pick<CompiledSync, 'identity' | 'attributes' | 'match'>): readonly Reference[] {
  const mapped = [...identity, ...attributes].flatMap(({ result }) =>
    result.kind === 'expression' ? [result.expression] : [],
  );
  const compared = match.flatMap(({ items }) => items.map(({ expression }) => expression));
  return [...mapped, ...compared].filter(isReference);
}

function isReference(expression: Expression): expression is Reference {
  return 'via' in expression;
}

interface Bound extends Reference {
  /** False where the record names somebody who has no counterpart. */
  readonly settled: (record: RecordView) => Evaluation;
}

/** Ids of the target by ids of the source; what is in no link leads nowhere, and is said by the sync that lacks it. */
type Road = (id: string) => { readonly id: string } | { readonly lackedBy: string };

function roadOf({ via }: Reference, links: ViaLinks): Road {
  const steps = via.map(({ sync, list, inverse, partner }) => {
    const next = new Map<string, string>();
    // Those of the other direction first: where the two disagree, the sync that was named decides.
    if (partner !== undefined) follow(next, links.get(partner.sync), partner.list, !inverse);
    follow(next, links.get(sync), list, inverse);
    return { sync, next };
  });
  return (from) => {
    let id = from;
    for (const { sync, next } of steps) {
      const found = next.get(id);
      if (found === undefined) return { lackedBy: sync };
      id = found;
    }
    return { id };
  };
}

function follow(
  next: Map<string, string>,
  links: readonly LinkRecord[] | undefined,
  list: string,
  inverse: boolean,
): void {
  for (const { state, target, personId, accountId } of links ?? []) {
    if (state !== 'active' || target !== list) continue;
    if (inverse) next.set(accountId, personId);
    else next.set(personId, accountId);
  }
}

function bound(reference: Reference, road: Road): Bound {
  const { inner, refersTo, type } = reference;
  const noun = nounOf(refersTo, 1);
  const lead = (record: RecordView): Evaluation => {
    const found = inner.evaluate(record);
    if (found.kind !== 'value' || found.value === null || found.value === '') return found;
    const end = road(String(found.value));
    if ('id' in end) return { kind: 'value', value: typed(end.id, type) };
    return { kind: 'absent', attributes: [`the link of that ${noun} by the sync "${end.lackedBy}"`] };
  };
  return {
    ...reference,
    evaluate: lead,
    settled: (record) => {
      const found = inner.evaluate(record);
      const names = found.kind === 'value' && found.value !== null && found.value !== '';
      const end = names ? lead(record) : undefined;
      return end?.kind === 'absent' ? end : { kind: 'value', value: true };
    },
  };
}

function typed(id: string, type: Reference['type']): Value {
  const number = Number(id);
  return type === 'int' && Number.isSafeInteger(number) ? number : id;
}

/**
 * Clauses that hold unless the record refers to somebody without a counterpart; a record that names nobody is another
 * matter.
 */
function waitingClauses(mapped: readonly MappedAttribute[], where: string): readonly Clause[] {
  return mapped.flatMap(({ name, result, onNull, place }) =>
    result.kind === 'expression' && onNull === 'error'
      ? waitingFor(`${where}.${name}`, result.expression, place)
      : [],
  );
}

function waitingFor(id: string, expression: Expression, place: Clause['place']): readonly Clause[] {
  if (!('settled' in expression)) return [];
  const { settled } = expression as Bound;
  return [{ id, expression: { ...expression, evaluate: settled }, place }];
}

import type { Change, ChangeKind, Situation } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import type { HeldEntry, HeldList } from '../../reconcile/held-list.ts';
import { show, showDesired, showElements, type Shown } from './mask.ts';

/** One change as plain data, masked. */
export interface ReportedChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly personId: string;
  readonly accountId: string | null;
  readonly situation: Situation;
  readonly reason: string;
  readonly cause: string;
  /** Set where an account is made that cannot be used yet. */
  readonly active?: false;
  /** Set where a welcome mail follows the create. */
  readonly welcomes?: true;
  readonly held: readonly Pick<
    HeldEntry,
    'attribute' | 'reason' | 'class' | 'message' | 'needs' | 'dependents'
  >[];
  readonly attributes: readonly {
    readonly name: string;
    readonly before: unknown;
    readonly after: unknown;
    /** Of a list that is there already: what it gains and loses. */
    readonly added?: Value;
    readonly removed?: Value;
    readonly class: string;
    readonly cause: string;
    readonly expression: string;
  }[];
}

/** Changes as they are shown: masked, with what is held of them, each with what follows it. */
export function reportChanges(
  changes: readonly Change[],
  held: HeldList,
  shown: Shown,
): readonly ReportedChange[] {
  const byChange = heldByChange(held);
  return withFollowers(changes.map((change) => reportChange(change, byChange.get(change.id) ?? [], shown)));
}

export function countByKind(changes: readonly Pick<Change, 'kind'>[]): Record<ChangeKind, number> {
  const counts = { create: 0, adopt: 0, update: 0, enable: 0, disable: 0, delete: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

/** References that wait for an account of the same plan, and pictures, are shown with the change that they follow. */
function withFollowers(changes: readonly ReportedChange[]): readonly ReportedChange[] {
  const followers = Map.groupBy(changes.filter(isFollower), ({ personId }) => personId);
  if (followers.size === 0) return changes;
  const merged = new Set<string>();
  const together = changes.map((change) => {
    const more = isFollower(change) ? [] : (followers.get(change.personId) ?? []);
    return more
      .filter(({ id }) => !merged.has(id))
      .reduce((whole, one) => {
        merged.add(one.id);
        const what = one.id.slice(one.id.lastIndexOf('/') + 1);
        const heldThere = one.held.map((hold) => ({ ...hold, attribute: hold.attribute ?? what }));
        const attributes = [...whole.attributes, ...one.attributes].toSorted((a, b) =>
          a.name < b.name ? -1 : 1,
        );
        return { ...whole, attributes, held: [...whole.held, ...heldThere] };
      }, change);
  });
  return together.filter(({ id }) => !merged.has(id));
}

function isFollower({ id, personId }: ReportedChange): boolean {
  return [`update/${personId}/references`, `update/${personId}/pictures`].includes(id);
}

function heldByChange({ items }: HeldList): ReadonlyMap<string, ReportedChange['held']> {
  const byChange = new Map<string, ReportedChange['held'][number][]>();
  for (const { id, attribute, reason, class: of, message, needs, dependents } of items) {
    const holds = byChange.get(id) ?? [];
    holds.push({ attribute, reason, class: of, message, needs, dependents });
    byChange.set(id, holds);
  }
  return byChange;
}

function reportChange(change: Change, held: ReportedChange['held'], shown: Shown): ReportedChange {
  return {
    id: change.id,
    kind: change.kind,
    personId: change.personId,
    accountId: change.accountId,
    situation: change.situation,
    reason: change.reason,
    cause: change.cause,
    ...(change.active === false ? { active: false } : {}),
    ...(change.welcomes === true ? { welcomes: true } : {}),
    held,
    attributes: change.attributes.map((attribute) => ({
      name: attribute.name,
      before: show(attribute.before, attribute.class, shown) ?? null,
      after: showDesired(attribute, shown),
      ...(change.kind === 'create' ? {} : showElements(attribute, shown)),
      class: attribute.class,
      cause: attribute.cause,
      expression: attribute.expression,
    })),
  };
}

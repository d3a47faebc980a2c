import type { AttributeChange, Change, Plan } from '../../src/model/change.ts';

/** What a second pass finds to do that the first, right before it, should have done. */
export function leftUndone(second: Plan, first: Plan): readonly Change[] {
  const later = second.changes.filter((one) => comesLater(one, first));
  const ids = new Set(later.map(({ id }) => id));
  const waited = followers(second, ids, first);
  return second.changes.filter((change) => {
    // Who refers to somebody who is made or deleted a pass later follows them.
    if ([change.id, ...change.needs].some((one) => ids.has(one))) return false;
    if (waited.has(change.personId)) return false;
    return !(later.length > 0 && change.attributes.length > 0 && change.attributes.every(isReference));
  });
}

/** The attributes of `anything` that lead to another person's account. */
function isReference({ name }: AttributeChange): boolean {
  return name === 'manager' || name === 'role';
}

/** People who could not be made without a reference that only the later changes give. */
function followers(second: Plan, later: ReadonlySet<string>, { verdicts }: Plan): ReadonlySet<string> {
  const failed = new Set(
    verdicts.filter(({ situation }) => situation === 'failed').map(({ personId }) => personId),
  );
  const refer = second.changes.filter(({ needs }) => needs.some((one) => later.has(one)));
  return new Set(refer.map(({ personId }) => personId).filter((id) => failed.has(id)));
}

/** People and accounts vanish only with a second reading; what others free, and whom they stood in the way of, comes a pass later. */
function comesLater(change: Change, { changes, verdicts }: Plan): boolean {
  const stood = verdicts.find(({ personId }) => personId === change.personId)?.situation;
  const frees = changes.some(
    ({ kind, attributes }) => kind === 'delete' || attributes.some((one) => one.frees === true),
  );
  return (
    change.situation === 'vanished' ||
    // Whom the source lists no more is missed twice before their account is deleted.
    (change.kind === 'delete' && stood === undefined) ||
    change.reason.startsWith('returned: the former account is gone') ||
    (frees && ['foreign', 'disputed', 'failed', undefined].includes(stood))
  );
}

import { isReadBack } from '../model/attribute.ts';
import type { Value } from '../model/value.ts';
import type { Remembered } from './remembered.ts';
import type { Prepared } from './prepared.ts';
import { alike, isEmpty } from './prepared.ts';

/** `drift` and `stuck` are reported and left alone: by policy, or because the target does not keep what we write. */
export type Verdict = 'same' | 'write' | 'drift' | 'stuck' | 'disputed';

/**
 * What the policy makes of one attribute of an account that exists. `holds` says whether the account has the value
 * already, where that is not told by comparing the two (lists).
 */
export function judge(
  attribute: Prepared,
  value: Value,
  before: Value | undefined,
  remembered: Remembered,
  holds: boolean = holdsAlready(attribute, value, before),
): Verdict {
  const { mapped, name } = attribute;
  if (!isReadBack(mapped.spec)) return sinceLastSent(attribute, value, remembered);
  if (holds) {
    if (mapped.policy === 'follow' || remembered.mayReturn(attribute)) remembered.confirm(name, value);
    else if (mapped.policy === 'enforce') remembered.count(name, value);
    return 'same';
  }
  if (attribute.identity && !isEmpty(before) && !remembered.isTakenOver) return 'disputed';
  if (!attribute.identity && remembered.isEcho(attribute, value, before)) return 'same';
  if (mapped.policy === 'seed-if-empty' && !isEmpty(before)) return 'same';
  if (mapped.spec.write !== 'always') return 'drift';
  if (mapped.policy === 'follow') return remembered.hasChanged(attribute, value) ? 'write' : 'drift';
  return remembered.isStuck(name, value) ? 'stuck' : 'write';
}

/** What is never read back is sent again when our result has changed; a picture also where none of ours was ever sent. */
function sinceLastSent({ mapped, name }: Prepared, value: Value, remembered: Remembered): Verdict {
  if (remembered.knows(name)) return remembered.differs(name, value) ? 'write' : 'same';
  return mapped.spec.type === 'picture' && mapped.policy === 'enforce' ? 'write' : 'same';
}

/** Ids of accounts are text to us, whatever the target makes of them. */
export function holdsAlready(attribute: Prepared, value: Value, before: Value | undefined): boolean {
  if (attribute.mapped.result.kind === 'person' && typeof before === 'number')
    return String(before) === value;
  return alike(attribute, value, before);
}

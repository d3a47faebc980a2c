import type { Disabling } from '../../model/reading.ts';
import type { Order } from '../../model/order.ts';
import { rejected, type Failure } from '../failed-write.ts';

/** What is there of an account after a write. */
export type Left = 'active' | 'inactive' | 'gone';

/** Orders that change whether an account can be used, or is there. */
export type Ending = 'disable' | 'enable' | 'delete';

/** An order that ends an account or brings it back; everything else is an attribute's. */
export function endingOf({ kind }: Order): Ending | undefined {
  return kind === 'disable' || kind === 'enable' || kind === 'delete' ? kind : undefined;
}

/**
 * Whether what is left is what was ordered; nothing where it is. A success of Haiilo's says only that it took the request:
 * what became of the account is the deprovision policy's, so that it is looked at.
 */
export function shortfall(kind: Ending, left: Left, disabling: Disabling | undefined): Failure | undefined {
  if (kind === 'delete') return left === 'gone' ? undefined : notDeleted;
  if (kind === 'enable') return left === 'active' ? undefined : left === 'gone' ? gone : stillInactive;
  if (left === 'active') return stillActive;
  // Deactivated where a deletion was accepted is less than was feared.
  return left === 'inactive' || disabling === 'deletes' ? undefined : deletedInstead;
}

const deletedInstead = rejected(
  'DeletedInstead',
  'the account was to be deactivated, and Haiilo has deleted it: the deprovision policy of the user directory is delete; nobody else is disabled until deprovisionPolicy in the config says what Haiilo does',
  'stalled',
);
const stillActive = rejected(
  'StillActive',
  'Haiilo took the request and left the account active; look at the deprovision policy of the user directory',
);
const stillInactive = rejected(
  'StillInactive',
  'Haiilo took the request and left the account inactive; activate it there, or use deactivateVia: rest',
);
const notDeleted = rejected(
  'NotDeleted',
  'Haiilo took the request and kept the account: the deprovision policy of the user directory is to deactivate',
);
const gone = rejected('AccountGone', 'there is no account with this id any more; the next pass looks for it');

import type { Value } from '../../model/value.ts';
import { trimmed, trimmedLower } from '../text-forms.ts';

/** In which form values are compared: Workday keeps no space at the ends, and takes addresses and logins in any case. */
export function canonical(attribute: string): (value: Value) => Value {
  return ['email', 'personal_email', 'user_id'].includes(attribute) ? trimmedLower : trimmed;
}

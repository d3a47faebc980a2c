import type { PassDeps } from './deps.ts';
import { worthALook } from './fill-rates.ts';
import type { Look } from './look.ts';
import { recipientsToLookAt, unknownRecipients } from './recipients.ts';
import { notWelcoming } from './welcome.ts';

/** What a person should look at apart from people: a sentence each, without anybody's values. */
export function watchOf(
  seen: Look,
  deps: PassDeps,
  unknown = unknownRecipients(deps.sync, seen.readings.accounts),
): readonly string[] {
  return [...worthALook(seen, deps.sync), ...notWelcoming(deps), ...recipientsToLookAt(deps.sync, unknown)];
}

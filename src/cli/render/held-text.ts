import { isoInstant } from '../../model/effects.ts';
import type { HeldEntry, HeldList } from '../../reconcile/held-list.ts';

/** What a sync holds, in a few lines for a person: since when, who and why, and what releases it. */
export function heldText(sync: string, held: HeldList): readonly string[] {
  const more = held.count - held.items.length;
  const since = held.since === null ? '' : ` since ${isoInstant(held.since)}`;
  return [
    `${sync} holds ${held.count} ${held.count === 1 ? 'change' : 'changes'}${since}, digest ${held.digest}`,
    ...held.items.map((entry) => `  ! ${entryText(entry)}`),
    ...(more > 0 ? [`  … and ${more} more (rosterd plan ${sync} lists them)`] : []),
    `  ${releaseText(held)}`,
  ];
}

/** How to release it, in words. */
export function releaseText({
  release,
  since,
}: {
  readonly release: string | null;
  readonly since: number | string | null;
}): string {
  if (release === null) return 'no approval releases this: correct the cause';
  return since === null ? `to release, once a pass has held it: ${release}` : `to release: ${release}`;
}

/** `[LimitReached, leave]` */
export function holdWords(reason: string, limitClass: string | null): string {
  return `[${limitClass === null ? reason : `${reason}, ${limitClass}`}]`;
}

function entryText({ id, accountId, attribute, message, reason, class: of, dependents }: HeldEntry): string {
  const account = accountId === null ? '' : ` → account ${accountId}`;
  const part = attribute === null ? '' : ` ${attribute}`;
  const waiting = dependents.length === 0 ? '' : `; ${dependents.join(', ')} wait for it`;
  return `${id}${part}${account}: ${message} ${holdWords(reason, of)}${waiting}`;
}

import type { Suspension } from '../compiled.ts';

type SuspendSpec = boolean | { readonly reason: string; readonly until?: string | undefined } | undefined;

export function compileSuspension(suspend: SuspendSpec): Suspension | undefined {
  if (suspend === undefined || suspend === false) return undefined;
  if (suspend === true) return { reason: 'suspended in the specs', until: undefined };
  return { reason: suspend.reason, until: suspend.until };
}

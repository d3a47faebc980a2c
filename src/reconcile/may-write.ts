import type { Change } from '../model/change.ts';
import type { Judgement } from '../model/hold.ts';
import type { PassDeps } from './deps.ts';

/** What is left of the released changes: nothing where the pass only looks, leavers alone in a closed window. */
export function mayWrite(
  judgement: Judgement,
  { sync, killSwitch, leaversOnly }: Pick<PassDeps, 'sync' | 'killSwitch' | 'leaversOnly'>,
): readonly Change[] {
  if (sync.mode === 'observe' || killSwitch || judgement.stopped !== undefined) return [];
  return leaversOnly === true ? judgement.released.filter(isOfLeaver) : judgement.released;
}

/** Whether who is who may change: not where the pass only looks, nor where it is there for leavers. */
export function mayChangeLinks(
  { stopped }: Pick<Judgement, 'stopped'>,
  { sync, killSwitch, leaversOnly }: Pick<PassDeps, 'sync' | 'killSwitch' | 'leaversOnly'>,
): boolean {
  return sync.mode !== 'observe' && !killSwitch && stopped === undefined && leaversOnly !== true;
}

/**
 * Takes access away from somebody who was explicitly said to have left. Not a deletion: that comes after a time of grace, in
 * which nobody could use the account, and cannot be undone.
 */
export function isOfLeaver({ kind, situation }: Pick<Change, 'kind' | 'situation'>): boolean {
  return situation === 'left' && kind === 'disable';
}

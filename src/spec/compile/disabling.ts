import type { SpecDocument } from '../documents.ts';
import type { Sides } from './sides.ts';

/**
 * A target that deletes whom it is asked to disable: nobody's account is deleted by a sync that says "disable" unless its
 * connection accepts that, and never for an absence, from which people come back.
 */
export function reportDisabling(
  { yaml, content }: SpecDocument<'Sync'>,
  { disabling, findings }: Pick<Sides, 'disabling' | 'findings'>,
): void {
  if (disabling === undefined) return;
  const { then, mode, direction } = content.spec;
  const { left, away, outOfScope, vanished } = then;
  const say = (path: readonly string[], message: string, hint: string): void =>
    findings.error('spec/then', yaml.place(['spec', 'then', ...path]), message, hint);
  if (disabling !== 'deletes') {
    if (mode !== 'full') return;
    const message = `accounts of "${direction.to}" can't be disabled: ${disabling.refused}`;
    const hint = 'or write keep here, or mode: upsert';
    if (left.disable !== 'keep') say(['left', 'disable'], message, hint);
    if (away === 'disable') say(['away'], message, hint);
    if (outOfScope === 'disable') say(['outOfScope'], message, hint);
    if (vanished.then === 'disable') say(['vanished', 'then'], message, hint);
    return;
  }
  const deletes = `disabling deletes accounts of "${direction.to}" for good`;
  if (away === 'disable') {
    say(['away'], `${deletes}: whoever is away would come back to nothing`, 'write away: keep');
  }
  if (vanished.then === 'disable') {
    const message = `${deletes}, and nobody is deleted because the source no longer lists them`;
    say(['vanished', 'then'], message, 'write then: hold, and somebody looks at each of them');
  }
  if (left.disable !== 'keep' && left.deleteAfter !== undefined) {
    say(['left', 'deleteAfter'], `${deletes}, so nothing is left to be deleted later`, 'take it out');
  }
}

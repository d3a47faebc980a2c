import { nounOf } from '../model/entity.ts';
import type { Progress } from '../reconcile/deps.ts';
import type { CompiledSync } from '../spec/compiled.ts';
import type { Output } from './output.ts';

/** One line on the terminal that says what a pass is doing. */
export function showProgress(
  out: Output,
  { name: sync, entity }: Pick<CompiledSync, 'name' | 'entity'>,
): (progress: Progress) => void {
  const records = { source: 0, target: 0 };
  return (progress) => {
    if (progress.step === 'read') {
      records[progress.side] = progress.records;
      const there = entity === 'person' ? 'accounts' : 'in the target';
      out.progress(`${sync}: read ${records.source} ${nounOf(entity)}, ${records.target} ${there}`);
    } else if (progress.step === 'plan') {
      out.progress(`${sync}: planning ${records.source} ${nounOf(entity)}`);
    } else {
      out.progress(`${sync}: ${progress.done} of ${progress.of} changes`);
    }
  };
}

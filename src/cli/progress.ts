import type { Progress } from '../reconcile/deps.ts';
import type { Output } from './output.ts';

/** One line on the terminal that says what a pass is doing. */
export function showProgress(out: Output, sync: string): (progress: Progress) => void {
  const records = { source: 0, target: 0 };
  return (progress) => {
    if (progress.step === 'read') {
      records[progress.side] = progress.records;
      out.progress(`${sync}: read ${records.source} people, ${records.target} accounts`);
    } else if (progress.step === 'plan') {
      out.progress(`${sync}: planning ${records.source} people`);
    } else {
      out.progress(`${sync}: ${progress.done} of ${progress.of} changes`);
    }
  };
}

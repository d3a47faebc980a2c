import type { Then } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import { durationMs } from '../duration.ts';
import type { Findings } from '../findings.ts';
import { reportDisabling } from './disabling.ts';
import { compileExpression } from './expression-place.ts';
import type { Sides } from './sides.ts';

const dayMs = 86_400_000;

/** What becomes of people's accounts. */
export function compileThen(sync: SpecDocument<'Sync'>, sides: Sides): Then {
  const { starting, left, away, outOfScope, vanished, returned } = sync.content.spec.then;
  reportUseless(sync, sides.findings);
  reportDisabling(sync, sides);
  const path = ['spec', 'then', 'left', 'immediatelyWhen'];
  const immediatelyWhen =
    left.immediatelyWhen === undefined
      ? undefined
      : compileExpression(
          left.immediatelyWhen,
          'bool',
          { yaml: sync.yaml, path },
          sides.compiler,
          sides.findings,
        );
  return {
    starting: {
      createBeforeDays: durationMs(starting.createBefore) / dayMs,
      enable: starting.enable,
    },
    left: {
      disable: left.disable,
      immediatelyWhen,
      deleteAfterMs: left.deleteAfter === undefined ? undefined : durationMs(left.deleteAfter),
    },
    away,
    outOfScope,
    // oxlint-disable-next-line unicorn/no-thenable -- the specs' word, never awaited
    vanished: { afterMs: durationMs(vanished.after), then: vanished.then },
    returned,
  };
}

/** Keys that could do nothing, or would leave people without access for ever. */
function reportUseless({ yaml, content }: SpecDocument<'Sync'>, findings: Findings): void {
  const { then, dates, direction, entity } = content.spec;
  const mode = content.spec.mode ?? (direction.twoWayWith === undefined ? 'observe' : 'create-only');
  const { starting, left } = then;
  const say = (path: readonly string[], message: string, hint: string): void =>
    findings.error('spec/then', yaml.place(['spec', 'then', ...path]), message, hint);
  const ahead = durationMs(starting.createBefore) > 0;
  if (ahead && dates.starts === undefined) {
    say(['starting', 'createBefore'], 'nothing says when people start', 'add dates.starts');
  }
  if (ahead && mode === 'create-only' && starting.enable === 'at-start-of-day') {
    const message = 'mode create-only never enables what was made disabled ahead';
    say(['starting', 'createBefore'], message, 'write enable: on-create, or mode: upsert');
  }
  if (entity === 'person' && then.vanished.then === 'delete') {
    const message = 'nobody is deleted because the source no longer lists them';
    const hint = 'write then: disable; who has left by status or lastDay is deleted after left.deleteAfter';
    say(['vanished', 'then'], message, hint);
  }
  if (left.disable !== 'keep') {
    if (left.deleteAfter === undefined || mode === 'full' || mode === 'observe') return;
    const at = yaml.place(['spec', 'then', 'left', 'deleteAfter']);
    findings.warning('spec/then', at, `mode ${mode} deletes nobody`, 'write mode: full, or take it out');
    return;
  }
  const message = 'accounts of people who left are kept as they are, so this does nothing';
  const hint = 'write disable: at-end-of-day, or take it out';
  if (left.immediatelyWhen !== undefined) say(['left', 'immediatelyWhen'], message, hint);
  if (left.deleteAfter !== undefined) say(['left', 'deleteAfter'], message, hint);
}

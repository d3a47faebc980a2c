import type { CompiledSchedule, Windows } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import type { ScheduleSpec } from '../documents/schedule.ts';
import { durationMs } from '../duration.ts';
import type { Path, YamlDocument } from '../yaml/yaml-document.ts';
import type { CompileInput } from './input.ts';
import { refer } from './references.ts';

/** Without a schedule a sync runs only when somebody asks for it. */
const onRequest: CompiledSchedule = { kind: 'manual', onActivation: false, windows: { allow: [], deny: [] } };

export function compileSyncSchedule(sync: SpecDocument<'Sync'>, input: CompileInput): CompiledSchedule {
  const { schedule } = sync.content.spec;
  const path = ['spec', 'schedule'];
  if (schedule === undefined) return onRequest;
  if (typeof schedule === 'object') return compileSchedule(schedule, sync.yaml, path, undefined);
  const shared = refer('Schedule', schedule, { yaml: sync.yaml, path }, input.documents, input.findings);
  if (shared === undefined) return onRequest;
  return compileSchedule(shared.content.spec, shared.yaml, ['spec'], undefined);
}

/** Checks shared schedules once each, whether a sync uses them or not, and those written in syncs. */
export function checkSchedules(input: CompileInput): void {
  for (const { content, yaml } of input.documents.Schedule.values()) {
    compileSchedule(content.spec, yaml, ['spec'], input);
  }
  for (const { content, yaml } of input.documents.Sync.values()) {
    const { schedule } = content.spec;
    if (typeof schedule === 'object') compileSchedule(schedule, yaml, ['spec', 'schedule'], input);
  }
}

/** With an input, what is wrong with crons and zones is reported. */
function compileSchedule(
  spec: ScheduleSpec,
  yaml: YamlDocument,
  path: Path,
  input: CompileInput | undefined,
): CompiledSchedule {
  const check = (cron: string, timezone: string, at: Path) => {
    const fault = input?.checkCron(cron, timezone);
    if (fault !== undefined) input?.findings.error('spec/cron', yaml.place([...path, ...at]), fault);
  };
  const timezone = spec.timezone ?? 'UTC';
  const windows = compileWindows(spec, timezone, check);
  const jitterMs = spec.jitter === undefined ? 0 : durationMs(spec.jitter);
  if (spec.cron !== undefined) {
    check(spec.cron, timezone, ['cron']);
    return { kind: 'cron', cron: spec.cron, timezone, jitterMs, windows };
  }
  if (spec.every === undefined)
    return { kind: 'manual', onActivation: spec.manual?.onActivation ?? false, windows };
  const everyMs = durationMs(spec.every);
  if (everyMs < shortestMs) {
    const at = yaml.place([...path, 'every']);
    input?.findings.error('spec/value', at, '"every" must be at least 1s');
  }
  const initialDelayMs = spec.initialDelay === undefined ? 0 : durationMs(spec.initialDelay);
  return { kind: 'every', everyMs, initialDelayMs, jitterMs, windows };
}

const shortestMs = 1000;

function compileWindows(
  spec: ScheduleSpec,
  zone: string,
  check: (cron: string, timezone: string, at: Path) => void,
): Windows {
  const compile = (side: 'allow' | 'deny') =>
    spec[side].map(({ cron, duration, timezone = zone }, index) => {
      check(cron, timezone, [side, index, 'cron']);
      return { cron, durationMs: durationMs(duration), timezone };
    });
  return { allow: compile('allow'), deny: compile('deny') };
}

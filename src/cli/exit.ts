import { Stalled, SyncError } from '../model/error.ts';
import type { RunSummary } from '../model/run.ts';

/** Exit codes of every command; of several, the gravest wins. */
export const Exit = {
  /** Nothing to do, or all done. */
  settled: 0,
  /** Specs, configuration, arguments or rosterd itself at fault. */
  fault: 1,
  /** Changes are planned. */
  planned: 2,
  /** Something is held and waits for a person. */
  held: 3,
  /** A system could not be read or written as a whole. */
  unread: 4,
  /** Applied, but some people failed. */
  people: 5,
} as const;
export type ExitCode = (typeof Exit)[keyof typeof Exit];

const gravestFirst: readonly ExitCode[] = [
  Exit.fault,
  Exit.unread,
  Exit.held,
  Exit.people,
  Exit.planned,
  Exit.settled,
];

export function gravest(codes: readonly ExitCode[]): ExitCode {
  return gravestFirst.find((code) => codes.includes(code)) ?? Exit.settled;
}

/** `--exit-code ci`: planned changes are a success. */
export function forCi(code: ExitCode): ExitCode {
  return code === Exit.planned ? Exit.settled : code;
}

export function exitOfResult({ result, reason }: Pick<RunSummary, 'result' | 'reason'>): ExitCode {
  if (result === 'settled' || result === 'applied') return Exit.settled;
  if (result === 'held') return Exit.held;
  if (result === 'failed-people') return Exit.people;
  return reason === 'InternalError' ? Exit.fault : Exit.unread;
}

/** A system that can't be read is 4; what only a change of specs, configuration or arguments can mend is 1. */
export function exitOfError(error: unknown): ExitCode {
  if (!(error instanceof SyncError)) return Exit.fault;
  return error instanceof Stalled && error.connection === undefined ? Exit.fault : Exit.unread;
}

export const exitCodeHelp = `Exit codes (the gravest wins):
  0  nothing to do, or all done
  1  specs, configuration, arguments or rosterd itself at fault
  2  changes are planned (with --exit-code ci: 0)
  3  something is held and waits for a person
  4  a system could not be read or written as a whole
  5  applied, but some people failed`;

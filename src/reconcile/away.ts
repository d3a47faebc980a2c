import { SyncError } from '../model/error.ts';

/**
 * Waits that are no fault of the connection: the system answers and asks for patience, what it sent moved meanwhile,
 * one answer of many was lost, or we were asked to stop.
 */
const answers: ReadonlySet<string> = new Set([
  'RateLimited',
  'TargetBusy',
  'LeaseLost',
  'ReadingIncomplete',
  'ListMoved',
  'FileChanged',
  'TaskPending',
  'AnswerLost',
  'Stopped',
]);

/** Why a pass, or a part of it, broke off. */
interface Trouble {
  readonly fate: 'waiting' | 'stalled';
  readonly reason: string;
  readonly connection?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** The connection that could not be had, where that is what broke it off. One that names its next moment is there. */
export function awayConnection({ fate, reason, connection, retryAfterMs }: Trouble): string | undefined {
  return fate === 'waiting' && retryAfterMs === undefined && !answers.has(reason) ? connection : undefined;
}

/** The same of whatever was thrown. */
export function awayBy(error: unknown): string | undefined {
  return error instanceof SyncError ? awayConnection(error) : undefined;
}

import type { Window, Windows } from '../spec/compiled.ts';
import { cronAfter, cronBefore } from './calendar.ts';

/** True when automatic passes may begin at this moment (ms): within some allow window, if there is any, and no deny window. */
export function permits(windows: Windows, at: number): boolean {
  if (windows.deny.some((window) => endOf(window, at) !== undefined)) return false;
  return windows.allow.length === 0 || windows.allow.some((window) => endOf(window, at) !== undefined);
}

/** The first moment from `at` on (ms) that the windows permit; `undefined` when they leave no room. */
export function nextPermitted(windows: Windows, at: number): number | undefined {
  let moment = at;
  // Each step leaves one window behind. Windows that deny everything would go on for ever.
  for (let step = 0; step < 2000; step += 1) {
    if (permits(windows, moment)) return moment;
    const denied = windows.deny.map((window) => endOf(window, moment)).filter((end) => end !== undefined);
    const next = denied.length > 0 ? Math.max(...denied) : nextBeginning(windows.allow, moment);
    if (next === undefined) return undefined;
    moment = next;
  }
  return undefined;
}

/** When the window that is open at this moment closes; `undefined` when it is not open. */
function endOf(window: Window, at: number): number | undefined {
  const began = cronBefore(window.cron, window.timezone, at);
  if (began === undefined || began + window.durationMs <= at) return undefined;
  return began + window.durationMs;
}

function nextBeginning(windows: readonly Window[], at: number): number | undefined {
  const beginnings = windows
    .map((window) => cronAfter(window.cron, window.timezone, at))
    .filter((beginning) => beginning !== undefined);
  return beginnings.length === 0 ? undefined : Math.min(...beginnings);
}

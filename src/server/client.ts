import { request } from 'undici';

import type { DaemonStatus } from '../daemon/status.ts';
import { messageOf, Stalled, Waiting } from '../model/error.ts';
import type { RunRecord, RunSummary } from '../model/run.ts';
import { findDoor } from './door.ts';
import type { ErrorAnswer, PassAnswer } from './server.ts';

/** The running daemon, as commands see it. Rejects with `Waiting` when it is away, with `Stalled` when it says no. */
export interface DaemonClient {
  /** Resolves when the pass has ended, however long that takes. */
  run(sync: string, people?: readonly string[]): Promise<PassAnswer>;
  /** Resolves as soon as the pass is in the queue. */
  queue(sync: string): Promise<void>;
  status(): Promise<DaemonStatus>;
  runs(filter: { sync?: string; limit: number }): Promise<readonly (RunRecord & { summary?: RunSummary })[]>;
}

/** Finds the daemon by `<data>/daemon.json`. Rejects with `Waiting` (`DaemonNotRunning`) when there is none. */
export async function connectToDaemon(data: string): Promise<DaemonClient> {
  return createClient(await findDoor(data));
}

export function createClient({ url, token }: { url: string; token: string }): DaemonClient {
  async function call<T>(method: 'GET' | 'POST', path: string): Promise<T> {
    const { statusCode, text } = await exchange(method, new URL(path, url));
    const answer = parse(text);
    if (statusCode < 300) return answer as T;
    const { reason, message } = (answer as Partial<ErrorAnswer> | undefined)?.error ?? {
      reason: 'DaemonAnswersOtherwise',
      message: `what answers at ${url} with status ${statusCode} is no daemon of ours`,
    };
    throw statusCode === 503 ? new Waiting(reason, message) : new Stalled(reason, message);
  }

  async function exchange(
    method: 'GET' | 'POST',
    address: URL,
  ): Promise<{ statusCode: number; text: string }> {
    try {
      const { statusCode, body } = await request(address, {
        method,
        headers: { authorization: `Bearer ${token}` },
        // A pass may take hours.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      return { statusCode, text: await body.text() };
    } catch (error) {
      throw new Waiting('DaemonNotRunning', `the daemon does not answer at ${url}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  return {
    run: async (sync, people = []) => {
      const query = new URLSearchParams(people.map((id) => ['person', id])).toString();
      const path = `/api/v1/syncs/${encodeURIComponent(sync)}/run`;
      return await call('POST', query === '' ? path : `${path}?${query}`);
    },
    queue: async (sync) => {
      await call('POST', `/api/v1/syncs/${encodeURIComponent(sync)}/run?wait=no`);
    },
    status: async () => await call('GET', '/api/v1/status'),
    runs: async ({ sync, limit }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(sync === undefined ? {} : { sync }) });
      return (
        await call<{ runs: readonly (RunRecord & { summary?: RunSummary })[] }>(
          'GET',
          `/api/v1/runs?${query.toString()}`,
        )
      ).runs;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

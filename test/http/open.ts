import { createHttp, type HttpDeps } from '../../src/http/create.ts';
import type { Auth, HttpClient, HttpOptions } from '../../src/http/client.ts';
import { JumpingClock, steadyRandom } from './effects.ts';

export interface Opened {
  readonly client: HttpClient;
  readonly clock: JumpingClock;
  /** Status of every attempt, in order. */
  readonly statuses: number[];
  throttledMs: number;
}

const none: Auth = { kind: 'none' };

/** A client of the connection `hr` that may talk to loopback. */
export function openClient(
  baseUrl: string,
  { deps = {}, options = {} }: { deps?: Partial<HttpDeps>; options?: Partial<HttpOptions> } = {},
): Opened {
  const clock = new JumpingClock();
  const statuses: number[] = [];
  const opened = { clock, statuses, throttledMs: 0 };
  const http = createHttp({
    connection: 'hr',
    clock,
    random: steadyRandom(),
    checkHost: () => undefined,
    hooks: {
      request: (_method, status) => statuses.push(status),
      throttled: (ms) => (opened.throttledMs += ms),
    },
    ...deps,
  });
  return Object.assign(opened, { client: http({ baseUrl, auth: none, ...options }) });
}

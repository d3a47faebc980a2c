import { connect, isIP, type Socket } from 'node:net';

import { Waiting } from '../model/error.ts';
import { checkedLookup, HostRefused, onlyThisMachine, type HostPolicy } from './connect.ts';
import { deadline } from './deadline.ts';
import { hostRefused } from './failure.ts';

/**
 * Opens a connection to `host` for an encrypted protocol other than HTTP, by the same rules: the addresses that will be used
 * are those that the operator's policy was asked about. Throws `Stalled` where it refuses the host, `Waiting` where nobody
 * answers, both with the connection's name.
 */
export type SocketFactory = (host: string, port: number, signal: AbortSignal) => Promise<Socket>;

const connectMs = 15_000;

export function createSockets(deps: {
  /** Name of the connection in the specs, for messages. */
  readonly connection: string;
  /** What the operator allows. Without it only this machine can be reached. */
  readonly checkHost?: HostPolicy;
}): SocketFactory {
  const { connection, checkHost = onlyThisMachine } = deps;
  return async (host, port, signal) => {
    signal.throwIfAborted();
    const place = { connection, host: `${host}:${String(port)}` };
    using limit = deadline('read', connectMs, signal);
    try {
      return await connected(host, port, checkHost, limit.signal);
    } catch (error) {
      if (error instanceof HostRefused) throw hostRefused(place, error.message);
      if (signal.aborted) throw signal.reason;
      const code = limit.timedOut ? 'timeout' : ((error as { code?: string }).code ?? 'no connection');
      const message = `connection ${connection}: ${place.host} gave no answer (${code}); it is tried again later`;
      throw new Waiting('Unreachable', message, { connection, cause: error });
    }
  };
}

function connected(host: string, port: number, checkHost: HostPolicy, signal: AbortSignal): Promise<Socket> {
  // An address is connected to without a look-up.
  const why = isIP(host) === 0 ? undefined : checkHost(host, [host], 'ssh:');
  if (why !== undefined) return Promise.reject(new HostRefused(why));
  const lookup = checkedLookup((hostname, addresses) => checkHost(hostname, addresses, 'ssh:'));
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup, noDelay: true, keepAlive: true });
    const giveUp = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    // Stays when it is connected, where it does nothing any more: an error that nobody listens to would end the process.
    socket.on('error', reject);
    socket.once('connect', () => {
      signal.removeEventListener('abort', giveUp);
      resolve(socket);
    });
  });
}

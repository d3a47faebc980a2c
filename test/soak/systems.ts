import { startScim } from '../vendors/scim/server.ts';

export const token = 'soak-token';

/** The targets, one for each sync, and what is in them. */
export interface Systems {
  readonly urls: readonly string[];
  /** Users that all of them hold, and requests other than reads since the last time. */
  tally(): Promise<Tally>;
  stop(): Promise<void>;
}

export interface Tally {
  readonly users: number;
  readonly writes: number;
}

/** SCIM servers in this process. */
export async function startSystems(count: number): Promise<Systems> {
  const servers = await Promise.all(Array.from({ length: count }, () => startScim({ token })));
  return {
    urls: servers.map(({ url }) => url),
    async tally() {
      const writes = servers.reduce((sum, { loopback }) => sum + loopback.writes().length, 0);
      for (const { loopback } of servers) loopback.log.length = 0;
      return { users: servers.reduce((sum, { size }) => sum + size, 0), writes };
    },
    async stop() {
      for (const server of servers) await server.stop();
    },
  };
}

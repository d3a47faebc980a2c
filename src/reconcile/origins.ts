import { listOf } from '../model/entity.ts';
import { Stalled } from '../model/error.ts';
import type { CompiledConnection } from '../spec/compiled.ts';
import type { Lease } from '../store/store.ts';
import type { PassDeps } from './deps.ts';

/** The remote account behind each connection of a sync, by the connection's name; those that can't be told are left out. */
export type RemoteAccounts = ReadonlyMap<string, string>;

/**
 * Makes sure that the names in the specs still mean what they meant: the same HR system behind the sync, the same remote
 * account behind each connection. Rejects with `Stalled` (`SourceChanged`, `AccountChanged`, `AccountUntold`) before
 * anything is read.
 */
export async function checkOrigins(deps: PassDeps, signal: AbortSignal): Promise<RemoteAccounts> {
  await refuseOtherSource(deps);
  const accounts = new Map<string, string>();
  for (const { connection, reader } of [deps.source, deps.target]) {
    if (reader.account === undefined) continue;
    const account = await reader.account(signal);
    if (account === undefined) {
      await refuseSilence(connection, deps);
      continue;
    }
    await refuseOtherAccount(connection, account, deps);
    accounts.set(connection.name, account);
  }
  return accounts;
}

/**
 * Keeps what they mean once both sides were read whole, before the first write. Only a commit changes it later: another
 * `account` in a connection's spec.
 */
export async function rememberOrigins(
  accounts: RemoteAccounts,
  lease: Lease,
  { store, sync }: PassDeps,
): Promise<void> {
  const { source } = await store.syncState(sync.name);
  if (source !== sync.from) await store.saveSyncState(sync.name, { source: sync.from }, lease);
  for (const [connection, account] of accounts) {
    if ((await store.remoteAccount(connection)) !== account) {
      await store.saveRemoteAccount(connection, account, lease);
    }
  }
}

/** Links are by the source's ids of people, and so are writes that may end in one. Without any, another source does no harm. */
async function refuseOtherSource(deps: PassDeps): Promise<void> {
  const { store, sync } = deps;
  const { source } = await store.syncState(sync.name);
  if (source === null || source === sync.from || !(await knowsPeople(deps))) return;
  throw new Stalled(
    'SourceChanged',
    `sync ${sync.name} has linked people of connection "${source}", and its spec reads "${sync.from}" now; ids of people mean other people in another system, so nothing is read or written and every link stays. If only the connection was renamed, give it its name "${source}" back; if people come from another system now, make that a sync with a name of its own`,
    { connection: sync.from },
  );
}

async function knowsPeople({ store, sync }: PassDeps): Promise<boolean> {
  if ((await store.links(sync.name)).length > 0) return true;
  return (await store.openIntents(listOf(sync.to, sync.entity))).some((open) => open.sync === sync.name);
}

/** The spec's word wins over what is remembered; without it another account is never taken for the same. */
async function refuseOtherAccount(
  { name, account: meant }: CompiledConnection,
  account: string,
  { store }: PassDeps,
): Promise<void> {
  if (account === meant) return;
  if (meant !== undefined) {
    throw new Stalled(
      'AccountChanged',
      `connection ${name} reaches the remote account "${account}", but its spec says "${meant}": correct the credentials, or \`account\` in the spec`,
      { connection: name },
    );
  }
  const known = await store.remoteAccount(name);
  if (known === undefined || known === account) return;
  throw new Stalled(
    'AccountChanged',
    `connection ${name} has reached the remote account "${known}" until now, and reaches "${account}": correct its config or credentials. If it is the same system under another address, say \`account: ${JSON.stringify(account)}\` in its spec; if it is another system, make that a connection with a name of its own`,
    { connection: name },
  );
}

/** What has told its account before, or has to, and does not now, may be another one with fewer rights. */
async function refuseSilence(
  { name, account: meant }: CompiledConnection,
  { store }: PassDeps,
): Promise<void> {
  const known = meant ?? (await store.remoteAccount(name));
  if (known === undefined) return;
  const since = meant === undefined ? 'has reached until now' : 'has to reach by its spec';
  throw new Stalled(
    'AccountUntold',
    `connection ${name} does not tell whether it reaches the remote account "${known}", which it ${since}: correct its credentials, or give them back the right that telling takes (the connector's page names it)`,
    { connection: name },
  );
}

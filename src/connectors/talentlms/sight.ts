import type { Want } from '../../model/row.ts';
import type { Reader } from '../connector.ts';
import { branchOf, isMember } from './branch.ts';
import type { TalentLmsClient } from './client.ts';

/** What must be seen of a portal to tell what became of an order. */
export interface Sight {
  readonly find: Reader['find'];
  exists(id: string, signal: AbortSignal): Promise<boolean>;
  /** Whether the account is in the branch that the scope names; true where it names none. */
  isInScope(scope: NonNullable<Want['scope']>, id: string, signal: AbortSignal): Promise<boolean>;
}

/** By API v2. */
export function sightOf(client: TalentLmsClient, reader: Pick<Reader, 'find'>): Sight {
  return {
    find: (want, keys, signal) => reader.find(want, keys, signal),
    async exists(id, signal) {
      return (await client.get(`users/${id}`, signal, [404])).status !== 404;
    },
    async isInScope(scope, id, signal) {
      const branch = await branchOf(client, scope, signal);
      return branch === undefined || (await isMember(client, branch, id, signal));
    },
  };
}

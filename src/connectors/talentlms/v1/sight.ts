import type { Reader } from '../../connector.ts';
import type { TalentLmsClient } from '../client.ts';
import type { Sight } from '../sight.ts';
import { getOne, pathOf } from './answer.ts';
import { v1BranchOf } from './branch.ts';
import { branchesOf } from './user.ts';

/** What must be seen to tell what became of an order, by API v1. */
export function v1SightOf(client: TalentLmsClient, reader: Pick<Reader, 'find'>): Sight {
  const look = (id: string, signal: AbortSignal) => getOne(client, pathOf('users', { id }), signal);
  return {
    find: (want, keys, signal) => reader.find(want, keys, signal),
    async exists(id, signal) {
      return typeof (await look(id, signal)) === 'object';
    },
    async isInScope(scope, id, signal) {
      const branch = await v1BranchOf(client, scope, signal);
      if (branch === undefined) return true;
      const user = await look(id, signal);
      const branches = typeof user === 'object' ? branchesOf(user) : [];
      if (branches === undefined) throw client.unexpected('a user without the list of their branches');
      return branches.includes(branch);
    },
  };
}

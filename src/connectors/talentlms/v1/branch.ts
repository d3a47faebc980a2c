import type { Want } from '../../../model/row.ts';
import { idOf, objectsOf, type JsonObject } from '../../json.ts';
import { chosenBranch } from '../branch.ts';
import type { TalentLmsClient } from '../client.ts';
import { getOne, pathOf } from './answer.ts';
import { withoutEntities } from './entities.ts';

/** The id of the branch that a scope names; `undefined` for a scope without one. */
export async function v1BranchOf(
  client: TalentLmsClient,
  scope: Want['scope'],
  signal: AbortSignal,
): Promise<string | undefined> {
  return chosenBranch(client, scope, async function* branches() {
    const { body } = await client.get('branches', signal);
    if (!Array.isArray(body)) throw client.unexpected('branches that are no list');
    yield objectsOf(body).map((one): JsonObject => {
      const name = one['name'];
      return { ...one, name: typeof name === 'string' ? withoutEntities(name) : null };
    });
  });
}

/** Ids of everybody in the branch: its single form holds them. */
export async function v1MembersOf(
  client: TalentLmsClient,
  branch: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const found = await getOne(client, pathOf('branches', { id: branch }), signal);
  if (typeof found !== 'object' || !Array.isArray(found['users'])) {
    throw client.unexpected('a branch without its users');
  }
  return new Set(objectsOf(found['users']).flatMap((user) => idOf(user['id']) ?? []));
}

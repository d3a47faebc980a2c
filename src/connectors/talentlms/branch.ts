import type { Want } from '../../model/row.ts';
import { idOf, isObject, objectsOf, type JsonObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import { dataOf } from './envelope.ts';
import { readPages } from './pages.ts';

type Scope = NonNullable<Want['scope']>;

/** The id of the branch that a scope names (`branch: emea`, or its id); `undefined` for a scope without one. */
export async function branchOf(
  client: TalentLmsClient,
  scope: Scope | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  return chosenBranch(client, scope, () => readPages(client, 'branches', {}, signal));
}

/** Likewise, however the portal lists its branches; they are asked for only when a scope names one. */
export async function chosenBranch(
  client: TalentLmsClient,
  scope: Scope | undefined,
  list: () => AsyncIterable<readonly JsonObject[]>,
): Promise<string | undefined> {
  const unknown = Object.keys(scope ?? {}).find((key) => key !== 'branch');
  if (unknown !== undefined) {
    throw client.stalled('UnknownScope', `TalentLMS has no scope "${unknown}"; write { branch: NAME }`);
  }
  const wanted = scope?.['branch'];
  if (wanted === undefined) return undefined;
  let byId: string | undefined;
  let byName: string | undefined;
  for await (const page of list()) {
    for (const branch of page) {
      const id = idOf(branch['id']);
      if (branch['name'] === wanted) byName = id;
      if (id === String(wanted)) byId = id;
    }
  }
  const found = typeof wanted === 'number' ? byId : (byName ?? byId);
  if (found !== undefined) return found;
  throw client.stalled(
    'UnknownBranch',
    `TalentLMS has no branch "${String(wanted)}"; create it or correct scope.branch (names are compared exactly)`,
  );
}

/** Ids of everybody in the branch. */
export async function membersOf(
  client: TalentLmsClient,
  branch: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  for await (const page of readPages(client, 'users', { 'filter[branch_id][eq]': branch }, signal)) {
    for (const user of page) members.add(idOf(user['id']) ?? '');
  }
  return members;
}

/** Whether one user is in the branch. */
export async function isMember(
  client: TalentLmsClient,
  branch: string,
  userId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { body } = await client.get(`users/${userId}/branches`, signal);
  const data = dataOf(body);
  if (!isObject(data) || !Array.isArray(data['branches'])) {
    throw client.unexpected('the branches of a user without their list');
  }
  return objectsOf(data['branches']).some((one) => idOf(one['id']) === branch);
}

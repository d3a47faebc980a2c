import { refuseMoved, walkUsers, type End, type Query } from './listing.ts';
import type { Service } from './service.ts';
import { isActive, pick, type User } from './user.ts';

/**
 * Everybody of a service whose list leaves out inactive users: the list, then those whom the filter finds, each once. Who
 * is activated between the two comes in neither, and makes the list longer than it was: that is asked for at the end.
 */
export async function* walkBothLists(
  service: Service,
  query: Query,
  signal: AbortSignal,
): AsyncGenerator<readonly User[], End> {
  const listed = new Map<string, boolean>();
  const list = walkUsers(service, query, signal);
  let step = await list.next();
  for (; step.done !== true; step = await list.next()) {
    for (const user of step.value)
      if (idOf(user) !== '') listed.set(idOf(user), isActive(pick(user, 'active')));
    yield step.value;
  }
  const shown = step.value;
  let found = 0;
  let deactivated = 0;
  const hidden = walkUsers(service, { ...query, filter: 'active eq false' }, signal);
  for (step = await hidden.next(); step.done !== true; step = await hidden.next()) {
    const fresh: User[] = [];
    for (const user of step.value) {
      const before = listed.get(idOf(user));
      if (before === undefined) fresh.push(user);
      // Was in the first list, and is not any more.
      else if (before && !isActive(pick(user, 'active'))) deactivated += 1;
    }
    found += fresh.length;
    if (fresh.length > 0) yield fresh;
  }
  await refuseMoved(service, shown.total - deactivated, signal);
  return { pages: shown.pages + step.value.pages, total: shown.total + found };
}

function idOf(user: User): string {
  const id = pick(user, 'id');
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

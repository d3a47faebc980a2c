interface Managed {
  readonly id: string;
  readonly manager: string;
}

/**
 * Managers before those whom they manage, as Talos Perform wants it (help centre, article 462874); otherwise by id, so that
 * the same people make the same file.
 */
export function managersFirst<User extends Managed>(users: readonly User[]): readonly User[] {
  const byId = new Map(users.map((user) => [user.id, user]));
  const levels = new Map<string, number>();
  const levelOf = (user: User): number => {
    const chain: User[] = [];
    let next: User | undefined = user;
    // Up to whoever is known already, or has no manager here, or manages themselves in a circle.
    while (next !== undefined && !levels.has(next.id) && !chain.includes(next)) {
      chain.push(next);
      next = byId.get(next.manager);
    }
    let level = next === undefined ? -1 : (levels.get(next.id) ?? -1);
    for (const one of chain.toReversed()) levels.set(one.id, (level += 1));
    return levels.get(user.id) ?? 0;
  };
  const order = (a: User, b: User) => levelOf(a) - levelOf(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return users.toSorted(order);
}

import { isNothing, type Json } from '../../../model/value.ts';
import type { IntegrationConfig } from '../schema.ts';
import type { Entry } from './entry.ts';

/** The file as Torii's document describes it. Cleared values are left out: it has no word for nothing. */
export function fileText(entries: readonly Entry[], config: IntegrationConfig): string {
  const users = entries.map(userOf);
  const licenses = licensesOf(entries, config);
  return JSON.stringify(licenses.length === 0 ? { users } : { users, licenses });
}

function userOf({ values, active }: Entry): Json {
  const { role, ...others } = values;
  const given = Object.entries(others).filter(([, value]) => !isNothing(value) && value !== '');
  const roles = isNothing(role) || role === '' ? {} : { roles: [role] };
  return { ...Object.fromEntries(given), status: active ? 'active' : 'deleted', ...roles };
}

/** Those of the config first, then what only the list has. */
function licensesOf(entries: readonly Entry[], { licenses }: IntegrationConfig): readonly Json[] {
  const holders = new Map<string, Json[]>(licenses.map(({ name }) => [name, []]));
  const others = entries.flatMap(({ held }) => held.map(({ name }) => name)).toSorted();
  for (const name of others) if (!holders.has(name)) holders.set(name, []);
  for (const { values, held } of entries) {
    const { email = '' } = values;
    for (const { name, status } of held)
      holders.get(name)?.push(status === undefined ? { email } : { email, licenseStatus: status });
  }
  const known = new Map(licenses.map((one) => [one.name, one]));
  return [...holders].map(([name, users]) => {
    const { unassignedAmount, pricePerUser } = known.get(name) ?? {};
    return {
      name,
      ...(unassignedAmount === undefined ? {} : { unassignedAmount }),
      users,
      ...(pricePerUser === undefined ? {} : { pricePerUser }),
    };
  });
}

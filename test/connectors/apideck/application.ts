import { configSchema, type Config } from '../../../src/connectors/apideck/schema.ts';
import type { ConnectorContext } from '../../../src/connectors/connector.ts';
import { inventPeople, type Person } from '../../people/people.ts';
import { testContext } from '../../contract/context.ts';
import { canary } from '../../contract/subject.ts';
import { employeeOf } from '../../vendors/apideck/person.ts';
import { startApideck, type Apideck } from '../../vendors/apideck/server.ts';

export const ids = { applicationId: 'app-1', consumerId: 'example-and-sons', serviceId: 'personio' };
const apiKey = `${canary}-key`;

export interface Opened {
  readonly server: Apideck;
  readonly context: ConnectorContext<Config>;
}

/** A stand-in, and a context that leads to it. */
export async function openApplication(
  config: Partial<Config> = {},
  more: Pick<Partial<ConnectorContext<Config>>, 'fields' | 'details'> = {},
): Promise<Opened> {
  const { serviceId = ids.serviceId } = config;
  const server = await startApideck({ ...ids, serviceId, apiKey, now: () => context.clock.now() });
  const context: ConnectorContext<Config> = testContext<Config>({
    config: configSchema.parse({ baseUrl: server.url, ...ids, ...config }),
    secrets: { apiKey },
    ...(more.fields === undefined ? {} : { fields: more.fields }),
    ...(more.details === undefined ? {} : { details: more.details }),
  });
  return { server, context };
}

/** Invented people with canaries in their values, hired. */
export function hire({ tenant }: Apideck, count: number): readonly Person[] {
  const people = inventPeople({ count, seed: 11 }).map((person) => ({
    ...person,
    email: `${canary}.${person.email}`,
    firstName: `${canary} ${person.firstName}`,
    office: `${canary}-${person.number}`,
  }));
  for (const person of people) tenant.hire(employeeOf(person));
  return people;
}

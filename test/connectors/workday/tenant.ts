import { configSchema, type WorkdayConfig } from '../../../src/connectors/workday/schema.ts';
import type { ConnectorContext } from '../../../src/connectors/connector.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { canary } from '../../contract/subject.ts';
import { inventPeople, type Person } from '../../people/people.ts';
import { startWorkday, type Workday, type WorkdayOptions } from '../../vendors/workday/server.ts';

type Way = Readonly<Record<string, unknown>> & { readonly api: 'report' | 'soap' };

export interface Opened {
  readonly workday: Workday;
  readonly clock: ReturnType<typeof fakeClock>;
  context(way: Way, more?: Partial<ContextOptions>): ConnectorContext<WorkdayConfig>;
}

interface ContextOptions {
  readonly secrets: Readonly<Record<string, string>>;
  readonly fields: readonly AttributeSpec[];
  readonly tokens: ConnectorContext['tokens'];
}

const login = { username: `${canary}-isu`, password: `${canary} <&> 'pass" word` };
const client = {
  clientId: `${canary}-client`,
  clientSecret: `${canary}-hush`,
  refreshToken: `${canary}-refresh`,
};

/** A tenant on loopback, and contexts that lead to it; both live by one clock. */
export async function openTenant(options: Partial<WorkdayOptions> = {}): Promise<Opened> {
  const clock = fakeClock();
  const workday = await startWorkday({ ...login, client, now: () => clock.now(), ...options });
  return {
    workday,
    clock,
    context: (way, more = {}) => {
      const report = { owner: workday.report.owner, name: workday.report.name };
      return testContext<WorkdayConfig>({
        config: configSchema.parse({
          baseUrl: workday.url,
          tenant: workday.tenant,
          ...(way.api === 'report' ? { report } : {}),
          ...way,
        }),
        secrets: { ...login, ...client },
        clock,
        ...more,
      });
    },
  };
}

/** Invented people with a canary in every name and address. */
export function people(count: number): readonly Person[] {
  return inventPeople({ count, seed: 17 }).map((person) => ({
    ...person,
    email: `${canary}.${person.email}`,
    firstName: `${canary} ${person.firstName}`,
    lastName: `${canary} & ${person.lastName}`,
  }));
}

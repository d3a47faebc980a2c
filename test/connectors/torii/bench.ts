import type { ConnectorContext } from '../../../src/connectors/connector.ts';
import { toriiConfig, type ToriiConfig } from '../../../src/connectors/torii/schema.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { startTorii } from '../../vendors/torii/server.ts';
import type { Torii } from '../../vendors/torii/state.ts';
import { canary } from '../../contract/subject.ts';

export const account = 456;
export const application = 31;

/** An organisation, and a connection to it by one of its ways. */
export async function openTorii(
  config: Record<string, unknown>,
): Promise<{ readonly torii: Torii; readonly context: ConnectorContext<ToriiConfig> }> {
  const clock = fakeClock();
  const secrets = { apiKey: `${canary}-key`, scimKey: `${canary}-scim` };
  const torii = await startTorii({ ...secrets, now: () => clock.now(), fields: [...organisationFields] });
  const integration = {
    app: application,
    account,
    licenses: [{ name: 'Pro', pricePerUser: 15_000 }, { name: 'Basic' }],
  };
  const parsed = toriiConfig.parse({ baseUrl: torii.url, customIntegration: integration, ...config });
  return { torii, context: testContext({ config: parsed, secrets, clock }) };
}

/** Fields of the organisation's people, of which one was deleted and two share a name. */
const organisationFields = [
  { id: 1, name: 'Department', key: 'departmentName', type: 'singleLine' },
  { id: 2, name: 'Hire date', key: 'c_hireDate', type: 'date' },
  { id: 3, name: 'Tags', key: 'c_tags', type: 'multiSelect' },
  { id: 4, name: 'Old', key: 'c_old', type: 'singleLine', isDeleted: true },
  { id: 5, name: 'City', key: 'User_City', type: 'singleLine' },
  { id: 6, name: 'City', key: 'c_city', type: 'singleLine' },
] as const;

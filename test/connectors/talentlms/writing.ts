import { talentlms } from '../../../src/connectors/talentlms/connector.ts';
import type { Intent, Order, Resolution } from '../../../src/model/order.ts';
import type { Value } from '../../../src/model/value.ts';
import { fakeClock } from '../../contract/context.ts';
import type { SeedField } from '../../vendors/talentlms/state.ts';
import { never, openBench, order, type Bench } from './bench.ts';

const customFields: readonly SeedField[] = [
  { name: 'hris_id', type: 'text' },
  { name: 'division', type: 'dropdown', values: ['North', 'South'] },
  { name: 'hireDate', type: 'date' },
  { name: 'remote', type: 'checkbox' },
];

/** A portal with custom fields of every type and a branch. */
export function openPortal(options: Parameters<typeof openBench>[0] = {}): Promise<Bench> {
  return openBench({ clock: fakeClock(), customFields, branches: ['emea'], ...options });
}

export function noor(n: number, more: Readonly<Record<string, Value>> = {}): Order {
  return order({
    kind: 'create',
    set: {
      login: `noor${n}`,
      email: `noor${n}@example.org`,
      first_name: 'Noor',
      last_name: 'Jansen',
      password: 'Invented-secret-1',
      'custom.hris_id': `H-${n}`,
      ...more,
    },
    identity: { 'custom.hris_id': `H-${n}` },
  });
}

/** What became of an order, seen by a reader of its own. */
export async function resolve(of: Bench, intent: Order): Promise<Resolution> {
  const reader = talentlms.openReader(of.context);
  try {
    return await reader.resolve(intentOf(intent), never);
  } finally {
    await reader.close();
  }
}

/** What an intent remembers besides its order is nothing to the connector. */
function intentOf(given: Order): Intent {
  const applied = { keyId: 'k', hashes: new Uint8Array() };
  return { ...given, situation: 'unmatched', applied, mapping: 'm', counts: [] } as unknown as Intent;
}

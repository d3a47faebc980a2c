import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import type { LinkedAccount } from './linked-account.ts';
import { pageOf } from './pages.ts';
import type { Item } from './record.ts';

/** `GET /account-details`. */
export function details(account: LinkedAccount): VendorAnswer {
  return { status: 200, body: { ...accountItem(account), completed_at: account.completedAt } };
}

/** Who a webhook is about, and what `account-details` says. */
export function accountItem({ id, integration, originId, status }: LinkedAccount): Item {
  return {
    id,
    integration,
    integration_slug: integration,
    category: 'hris',
    end_user_origin_id: originId,
    end_user_organization_name: 'Example',
    end_user_email_address: 'people-ops@example.org',
    status,
    webhook_listener_url: 'https://api.example.org/listener',
    is_duplicate: null,
    account_type: 'TEST',
  };
}

/** `GET /linked-accounts`: no token among it. Those for tests are listed only when asked for. */
export function listAccounts(
  accounts: readonly LinkedAccount[],
  isTest: boolean,
  { query }: VendorRequest,
): VendorAnswer {
  const asked = query.get('is_test_account') === 'true';
  const origin = query.get('end_user_origin_id');
  const shown = accounts
    .filter((one) => (origin === null || one.originId === origin) && asked === isTest)
    .filter(({ status }) => !query.has('status') || query.get('status') === status)
    .map((one): Item => {
      const { integration: slug } = one;
      const about = { name: slug, categories: ['hris'], color: '#000', slug, passthrough_available: true };
      return { ...accountItem(one), completed_at: one.completedAt, integration: about };
    });
  return pageOf(shown, query);
}

/** `GET /sync-status`. */
export function syncStatus(account: LinkedAccount, { query }: VendorRequest): VendorAnswer {
  const items = Object.entries(account.sync).map(([model, status]): Item => {
    const told = { ...status } as unknown as Item;
    return {
      model_name: model,
      model_id: `hris.${model}`,
      next_sync_start: account.stamp(3_600_000),
      ...told,
    };
  });
  return pageOf(items, query);
}

/** `GET /linked-account-scopes`. */
export function scopes(account: LinkedAccount): VendorAnswer {
  const models = Object.entries(account.disabled).map(([model, off]): Item => ({
    model_name: model,
    model_permissions: { READ: { is_enabled: off !== 'all' } },
    field_permissions: { enabled_fields: [], disabled_fields: off === 'all' ? [] : off },
  }));
  return { status: 200, body: { common_models: models } };
}

/** `GET /issues`. */
export function issues(accounts: readonly LinkedAccount[], { query }: VendorRequest): VendorAnswer {
  const account = accounts.find(({ id }) => id === query.get('linked_account_id'));
  const items = (account?.issues ?? []).map((text, n): Item => ({
    id: `issue-${n}`,
    status: 'ONGOING',
    error_description: text,
    error_details: [],
  }));
  return pageOf(items, query);
}

/** `GET /field-mappings`: which target is filled from which field of the HR system. */
export function fieldMappings(): VendorAnswer {
  return {
    status: 200,
    body: { Employee: [mapping('badge_no', 'string', true), mapping('cost_key', 'integer', false)] },
  };
}

function mapping(name: string, type: string, everybody: boolean): Json {
  return {
    is_integration_wide: everybody,
    target_field: { name, description: '', is_organization_wide: everybody },
    remote_field: remoteField(name, { type }, [name]),
  };
}

/** `GET /remote-fields`: what the HR system's own answers hold. */
export function remoteFields(): VendorAnswer {
  return {
    status: 200,
    body: {
      Employee: [
        {
          ...remoteField('User_City', { type: 'string' }, ['fields', 'User_City']),
          advanced_metadata: { id: '1', display_name: 'City', field_choices: ['Ulm', 'Kraków'] },
        },
        { ...remoteField('children', { type: 'integer' }, ['fields', 'children']), advanced_metadata: null },
        { ...remoteField('a/b', { type: ['string', 'null'] }, ['fields', 'a/b']), advanced_metadata: null },
        { ...remoteField('badge_no', { type: 'string' }, ['badge']), advanced_metadata: null },
        {
          ...remoteField('Date of birth', { type: 'string', format: 'date' }, ['born']),
          advanced_metadata: null,
        },
        { ...remoteField('fields', { type: 'object' }, ['fields']), advanced_metadata: null },
      ],
    },
  };
}

function remoteField(name: string, schema: Json, path: readonly string[]): Item {
  const endpoint = { method: 'GET', url_path: '/employees', field_traversal_path: path };
  return { remote_key_name: name, schema, remote_endpoint_info: endpoint };
}

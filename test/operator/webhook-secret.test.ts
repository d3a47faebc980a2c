import { expect, test } from 'vitest';
import { openConnections } from '../../src/compose/connections.ts';
import { keepToken, webhookOf } from '../../src/compose/webhooks.ts';
import type { Workspace } from '../../src/compose/workspace.ts';
import type { Connector, ConnectorContext } from '../../src/connectors/connector.ts';
import type { WebhookVerifier } from '../../src/model/webhook.ts';
import type { CompiledConnection } from '../../src/spec/compiled.ts';
import type { Store } from '../../src/store/store.ts';

/** Says which secret and which config it was given. */
const webhook: WebhookVerifier = {
  credential: 'webhookKey',
  verify: (_request, secret, config) => ({ kind: 'genuine', people: [String(config)], id: secret }),
};
const request = { headers: {}, rawBody: new Uint8Array(), now: 0 };

function judging(
  hosts: readonly string[],
  { connector = 'hr', credentials = { webhookKey: { env: 'HOOK_KEY' } } }: Partial<CompiledConnection> = {},
) {
  const connectors = new Map([
    ['hr', { webhook }],
    ['file', {}],
  ]) as unknown as ReadonlyMap<string, Connector>;
  const config = { secrets: { allow: [{ reference: { env: 'HOOK_KEY' }, hosts }] } };
  const options = { env: { HOOK_KEY: 'one' } };
  const workspace = { connectors, config, options } as unknown as Workspace;
  const connection: unknown = { connector, credentials, config: 'its own' };
  return webhookOf(workspace, connection as CompiledConnection);
}

test('the secret of a webhook is the one that the spec names and the operator allows for this process', () => {
  expect(judging(['rosterd'])?.(request)).toMatchObject({ id: 'one', people: ['its own'] });
});

test('a secret that is allowed for the vendor alone is not compared here', () => {
  expect(() => judging(['api.example.com'])?.(request)).toThrow('env:HOOK_KEY may not be sent to rosterd');
});

test('a connection takes none whose connector has none, or whose spec names no secret for them', () => {
  expect(judging(['rosterd'], { connector: 'file' })).toBeUndefined();
  expect(judging(['rosterd'], { credentials: {} })).toBeUndefined();
});

test('what a webhook hands over may be sent to the hosts of its connection alone', async () => {
  const kept: unknown[] = [];
  const connectors = new Map([['test', { hosts: (config: unknown) => [`${String(config)}.example.org`] }]]);
  const workspace = { connectors } as unknown as Workspace;
  const store = {
    keptTokens: (name: string) => ({ keep: async (...what: unknown[]) => void kept.push(name, ...what) }),
  };
  const connection = { name: 'hr', connector: 'test', config: 'eu' } as unknown as CompiledConnection;
  await keepToken(workspace, store as unknown as Store, connection, { name: 'accountToken', text: 'one' });
  expect(kept).toEqual(['hr', 'accountToken', { text: 'one', hosts: ['eu.example.org'] }]);
});

test('a pass does not need the secret of webhooks: whoever only plans need not have it', () => {
  const given: string[] = [];
  const connector = {
    webhook,
    openReader: ({ secrets }: ConnectorContext) => void given.push(...Object.keys(secrets)),
  };
  const workspace = {
    connectors: new Map([['hr', connector]]),
    config: {
      secrets: { allow: [{ reference: { env: 'API_KEY' }, hosts: ['api.example.com'] }] },
      network: { private: [] },
    },
    options: { env: { API_KEY: 'one' } },
    telemetry: {},
  } as unknown as Workspace;
  const connection = {
    name: 'hr',
    connector: 'hr',
    credentials: { apiKey: { env: 'API_KEY' }, webhookKey: { env: 'HOOK_KEY' } },
    requests: {},
  } as unknown as CompiledConnection;
  const store = { details: () => undefined, keptTokens: () => ({}) } as unknown as Store;
  openConnections(workspace, store).reader(connection, 'person', '/');
  expect(given).toEqual(['apiKey']);
});

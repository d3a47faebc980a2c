import { expect, test } from 'vitest';
import { webhookOf } from '../../src/compose/webhooks.ts';
import type { Workspace } from '../../src/compose/workspace.ts';
import type { Connector } from '../../src/connectors/connector.ts';
import type { WebhookVerifier } from '../../src/model/webhook.ts';
import type { CompiledConnection } from '../../src/spec/compiled.ts';

/** Says which secret it was given. */
const webhook: WebhookVerifier = {
  credential: 'webhookKey',
  verify: (_request, secret) => ({ kind: 'genuine', people: [], id: secret }),
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
  return webhookOf(workspace, { connector, credentials } as CompiledConnection);
}

test('the secret of a webhook is the one that the spec names and the operator allows for this process', () => {
  expect(judging(['rosterd'])?.(request)).toMatchObject({ id: 'one' });
});

test('a secret that is allowed for the vendor alone is not compared here', () => {
  expect(() => judging(['api.example.com'])?.(request)).toThrow('env:HOOK_KEY may not be sent to rosterd');
});

test('a connection takes none whose connector has none, or whose spec names no secret for them', () => {
  expect(judging(['rosterd'], { connector: 'file' })).toBeUndefined();
  expect(judging(['rosterd'], { credentials: {} })).toBeUndefined();
});

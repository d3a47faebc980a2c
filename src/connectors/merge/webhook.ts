import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Json } from '../../model/value.ts';
import type { VerifiedWebhook, WebhookRequest, WebhookVerifier } from '../../model/webhook.ts';
import { isObject, jsonIn, type JsonObject } from '../json.ts';
import { accountTokenName } from './account-token.ts';
import type { Config } from './schema.ts';

/**
 * Merge signs with the organisation's key: the base64url HMAC-SHA256 of the raw body, with or without its padding (header
 * `X-Merge-Webhook-Signature`). Every linked account of the organisation is told of under one address, so that those of
 * other end users name nobody here.
 */
export const webhook: WebhookVerifier<Config> = {
  credential: 'webhookKey',
  verify: (request, key, config) => verify(request, key, config),
};

function verify({ headers, rawBody }: WebhookRequest, key: string, config: Config): VerifiedWebhook {
  const ours = createHmac('sha256', key).update(rawBody).digest();
  if (!isSame(ours, headers['x-merge-webhook-signature'] ?? '')) {
    return { kind: 'refused', reason: 'signature' };
  }
  const body = jsonIn(rawBody);
  // What the dashboard's button "Send test POST request" sends.
  if (isObject(body) && typeof body['response'] === 'string' && body['hook'] === undefined) {
    return { kind: 'greeting' };
  }
  const event = isObject(body) && isObject(body['hook']) ? body['hook']['event'] : undefined;
  const account = isObject(body) ? body['linked_account'] : undefined;
  if (!isObject(body) || typeof event !== 'string' || !isObject(account)) {
    return { kind: 'refused', reason: 'malformed' };
  }
  // Nothing that is signed says when it was sent, or tells two deliveries apart: the same body is the same one.
  const id = ours.toString('base64url');
  const { endUser } = config;
  const isOurs = endUser === undefined || account['end_user_origin_id'] === endUser.originId;
  if (!isOurs) return { kind: 'genuine', people: [], id };
  const tokens = endUser === undefined ? {} : tokensIn(account, body['data']);
  return { kind: 'genuine', people: peopleIn(event, body['data'], config), id, ...tokens };
}

function isSame(ours: Buffer, signature: string): boolean {
  const theirs = /^[\w-]{43}=?$/.test(signature) ? Buffer.from(signature, 'base64url') : Buffer.alloc(0);
  return theirs.length === ours.length && timingSafeEqual(ours, theirs);
}

/** The token of an account that was linked comes here and in the dashboard, and by no request ("Magic Link"). */
function tokensIn(account: JsonObject, data: Json | undefined): { readonly tokens?: Record<string, string> } {
  const token = isObject(data) ? data['account_token'] : undefined;
  if (account['category'] !== 'hris' || typeof token !== 'string' || token === '') return {};
  return { tokens: { [accountTokenName]: token } };
}

/** Models of which people's attributes are made, in the words of the events ("Merge webhooks"). */
const partsOfPeople = new Set(['employment', 'team', 'group', 'location', 'company', 'paygroup']);

function peopleIn(
  event: string,
  data: Json | undefined,
  { identifyBy }: Config,
): readonly string[] | 'everybody' {
  const [model = '', action = ''] = event.toLowerCase().split('.');
  if (model === 'linkedaccount') return action.includes('sync') ? 'everybody' : [];
  if (partsOfPeople.has(model)) return 'everybody';
  if (model !== 'employee') return [];
  const id = isObject(data) ? data[identifyBy] : undefined;
  return typeof id === 'string' && id !== '' ? [id] : 'everybody';
}

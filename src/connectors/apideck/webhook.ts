import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Json } from '../../model/value.ts';
import type { VerifiedWebhook, WebhookRequest, WebhookVerifier } from '../../model/webhook.ts';
import { isObject, jsonIn, type JsonObject } from '../json.ts';
import type { Config } from './schema.ts';

/**
 * Apideck signs with the application's API key: the hex HMAC-SHA256 of the body as JSON without spaces, the keys of every
 * object sorted (header `x-apideck-signature`, guide "Webhook Signature Verification"). The body is therefore parsed
 * before it is believed, and nothing but its form is looked at until the signature is right.
 */
export const webhook: WebhookVerifier<Config> = { credential: 'webhookKey', verify };

/** An event is delivered up to 24 hours after it occurred; that of a system without webhooks is found up to 24 hours late. */
const latestMs = 48 * 3_600_000;

/** When the connection can be called again, or cannot be called any more: everybody is looked at, which tells. */
const aboutConnection = new Set([
  'vault.connection.callable',
  'vault.connection.token_refresh.recovered',
  'vault.connection.downstream.recovered',
  'vault.connection.revoked',
  'vault.connection.disabled',
  'vault.connection.deleted',
]);

function verify(
  { headers, rawBody }: WebhookRequest,
  apiKey: string,
  { consumerId }: Config,
): VerifiedWebhook {
  const body = jsonIn(rawBody);
  if (isGreeting(headers, body)) return { kind: 'greeting' };
  const signature = headers['x-apideck-signature'] ?? '';
  const canonical = body === undefined ? undefined : sorted(body, 0);
  if (canonical === undefined || !isSigned(JSON.stringify(canonical), signature, apiKey))
    return { kind: 'refused', reason: 'signature' };
  const payload = isObject(body) ? body['payload'] : undefined;
  const event = isObject(payload) ? payload : {};
  const { event_id: id, event_type: type, occurred_at: occurredAt } = event;
  const sentAt = typeof occurredAt === 'string' ? Date.parse(occurredAt) : Number.NaN;
  if (typeof id !== 'string' || id === '' || typeof type !== 'string' || Number.isNaN(sentAt))
    return { kind: 'refused', reason: 'malformed' };
  const people = isOurs(event, consumerId) ? peopleIn(event, type) : [];
  // The same for every attempt to deliver the event.
  return people === undefined
    ? { kind: 'refused', reason: 'malformed' }
    : { kind: 'genuine', people, id, sentAt, withinMs: latestMs };
}

/** Sent once when a webhook is made, unlike any event, so that nothing is taken for one (help page "delivery URL validation"). */
function isGreeting(headers: WebhookRequest['headers'], body: Json | undefined): boolean {
  const isPlain = isObject(body) && Object.keys(body).length === 1 && typeof body['message'] === 'string';
  return headers['x-apideck-event-type'] === 'apideck.subscription.created' && isPlain;
}

function isSigned(text: string, signature: string, apiKey: string): boolean {
  const ours = createHmac('sha256', apiKey).update(text).digest();
  const theirs = /^[0-9a-f]{64}$/i.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(0);
  return theirs.length === ours.length && timingSafeEqual(ours, theirs);
}

/** Events are flat: what is deeper than this is none. */
const deepest = 12;

function sorted(value: Json, depth: number): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return undefined;
  const inner = (one: Json) => sorted(one, depth + 1);
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(inner);
    return items.every((one) => one !== undefined) ? items : undefined;
  }
  const entries = Object.entries(value).map(([key, one]) => [key, inner(one)] as const);
  if (entries.some(([, one]) => one === undefined)) return undefined;
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))) as JsonObject;
}

/** An application's webhook tells of all of its consumers. */
function isOurs({ consumer_id: consumer, entity }: JsonObject, consumerId: string): boolean {
  const named = consumer ?? (isObject(entity) ? entity['consumer_id'] : undefined);
  return named === undefined || named === consumerId;
}

function peopleIn(event: JsonObject, type: string): readonly string[] | 'everybody' | undefined {
  if (aboutConnection.has(type)) return isOfHris(event) ? 'everybody' : [];
  if (!type.startsWith('hris.employee.')) return [];
  const id = idIn(event);
  return id === undefined ? undefined : [id];
}

function isOfHris({ entity }: JsonObject): boolean {
  return !isObject(entity) || (entity['unified_api'] ?? 'hris') === 'hris';
}

/** The id of the unified API ends the address of the record; `entity_id` is the HR system's own. */
function idIn({ entity_url: url, entity_id: id }: JsonObject): string | undefined {
  const path = typeof url === 'string' ? URL.parse(url)?.pathname : undefined;
  const last = /\/hris\/employees\/([^/]+)$/.exec(path ?? '')?.[1];
  if (last !== undefined) return decodeURIComponent(last);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

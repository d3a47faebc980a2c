import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Json } from '../../model/value.ts';
import type { VerifiedWebhook, WebhookRequest, WebhookVerifier } from '../../model/webhook.ts';
import { isObject, jsonIn } from '../json.ts';
import { idOf } from './client.ts';

/**
 * BambooHR signs with the webhook's private key: the lower-case hex HMAC-SHA256 of the raw body followed directly by the
 * text of the timestamp (headers `X-BambooHR-Signature` and `X-BambooHR-Timestamp`, Unix seconds).
 */
export const webhook: WebhookVerifier = { credential: 'webhookKey', verify };

function verify({ headers, rawBody }: WebhookRequest, privateKey: string): VerifiedWebhook {
  const timestamp = headers['x-bamboohr-timestamp'] ?? '';
  const signature = headers['x-bamboohr-signature'] ?? '';
  if (!isSigned(rawBody, timestamp, signature, privateKey)) return { kind: 'refused', reason: 'signature' };
  const people = peopleIn(rawBody);
  if (people === undefined) return { kind: 'refused', reason: 'malformed' };
  const sentAt = /^\d{9,11}$/.test(timestamp) ? { sentAt: Number(timestamp) * 1000 } : {};
  return { kind: 'genuine', people, id: signature, ...sentAt };
}

function isSigned(body: Uint8Array, timestamp: string, signature: string, privateKey: string): boolean {
  const ours = createHmac('sha256', privateKey).update(body).update(timestamp).digest();
  const theirs = /^[0-9a-f]{64}$/.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(0);
  return theirs.length === ours.length && timingSafeEqual(ours, theirs);
}

/** Of the event based form one employee, of the field based form several. */
function peopleIn(rawBody: Uint8Array): readonly string[] | undefined {
  const body = jsonIn(rawBody);
  if (!isObject(body)) return undefined;
  const { data, employees } = body;
  if (isObject(data)) {
    const id = idOf(data['employeeId']);
    return id === undefined ? undefined : [id];
  }
  if (!Array.isArray(employees)) return undefined;
  const ids = (employees as readonly Json[]).map((one) => (isObject(one) ? idOf(one['id']) : undefined));
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { VerifiedWebhook, WebhookRequest, WebhookVerifier } from '../../model/webhook.ts';
import { idOf, isObject, jsonIn, textOf, type JsonObject } from '../json.ts';
import type { PersonioConfig } from './schema.ts';

/**
 * Personio signs nothing: with `auth_type: TOKEN` it sends the text that was chosen for the webhook as the
 * `Authorization` header of each delivery ("Webhooks", v2). Whoever has seen one can make others; what they bring about
 * is that somebody is looked at.
 */
export const webhook: WebhookVerifier<PersonioConfig> = { credential: 'webhookToken', verify };

function verify(
  { headers, rawBody }: WebhookRequest,
  token: string,
  { companyId }: PersonioConfig,
): VerifiedWebhook {
  if (!isOurs(headers['authorization'] ?? '', token)) return { kind: 'refused', reason: 'signature' };
  const body = jsonIn(rawBody);
  const people = isObject(body) ? peopleIn(body, companyId) : undefined;
  if (!isObject(body) || people === undefined) return { kind: 'refused', reason: 'malformed' };
  const sentAt = Date.parse(textOf(body['occurred_at']) ?? '');
  return {
    kind: 'genuine',
    people,
    id: createHash('sha256').update(rawBody).digest('base64url'),
    ...(Number.isNaN(sentAt) ? {} : { sentAt, withinMs }),
  };
}

/** A delivery that fails is repeated for three days. */
const withinMs = 4 * 86_400_000;

/** Also where the scheme stands before the token. Digests are of one length, so that nothing tells how long the token is. */
function isOurs(sent: string, token: string): boolean {
  const ours = digest(token);
  const isPlain = timingSafeEqual(digest(sent), ours);
  const isBearer = timingSafeEqual(digest(sent.replace(/^Bearer /i, '')), ours);
  return token !== '' && (isPlain || isBearer);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Whom an event is about. Where its payload keeps the person's id is not documented: one of a person or an employment that
 * names nobody is about everybody, one of anything else about nobody.
 */
function peopleIn(
  body: JsonObject,
  companyId: string | undefined,
): readonly string[] | 'everybody' | undefined {
  const { event_name: event, payload } = body;
  if (typeof event !== 'string' || !isObject(payload)) return undefined;
  if (companyId !== undefined && textOf(body['company_id']) !== companyId) return [];
  const kind = event.split('.')[0];
  const id = personIn(payload, kind === 'person');
  if (id !== undefined) return [id];
  return kind === 'person' || kind === 'employment' ? 'everybody' : [];
}

/** @param isPerson whether the payload's own id is a person's, and not an employment's */
function personIn(payload: JsonObject, isPerson: boolean): string | undefined {
  const { person, employment, person_id: personId, id } = payload;
  const candidates = [isObject(person) ? person['id'] : person, personId, isPerson ? id : undefined];
  const found = candidates.map(idOf).find((one) => one !== undefined);
  return found ?? (isObject(employment) ? personIn(employment, false) : undefined);
}

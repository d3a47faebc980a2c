import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { textIn, type Item } from './record.ts';
import { Refusal, sections } from './refusal.ts';

/** A page by which somebody links an HR system, until it is used or its time is over. */
export interface OpenLink {
  readonly url: string;
  readonly originId: string;
  readonly integration: string | undefined;
  readonly expiresAt: number;
}

const required = ['end_user_email_address', 'end_user_organization_name', 'end_user_origin_id'];

/** `POST /link-token`. */
export function createLink(
  { json }: VendorRequest,
  links: Map<string, OpenLink>,
  base: string,
  now: number,
): VendorAnswer {
  const body = (json ?? {}) as Item;
  const missing = required.find((name) => textIn(body, name) === '');
  if (missing !== undefined || !Array.isArray(body['categories'])) {
    throw new Refusal(400, sections.auth, `${missing ?? 'categories'} is required`);
  }
  const token = `link-${links.size + 1}`;
  const url = `${base}/magic/${token}`;
  const isMagic = body['should_create_magic_link_url'] === true;
  const minutes = typeof body['link_expiry_mins'] === 'number' ? body['link_expiry_mins'] : 30;
  if (minutes < 30 || minutes > (isMagic ? 10_080 : 720)) {
    throw new Refusal(400, sections.auth, 'link_expiry_mins is out of range');
  }
  const { integration } = body;
  links.set(url, {
    url,
    originId: textIn(body, 'end_user_origin_id'),
    integration: typeof integration === 'string' ? integration : undefined,
    expiresAt: now + minutes * 60_000,
  });
  const magic = isMagic ? { magic_link_url: url } : {};
  return { status: 200, body: { link_token: token, ...magic } };
}

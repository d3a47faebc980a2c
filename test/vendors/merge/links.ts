import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { textIn, type Item } from './record.ts';

/** A page by which somebody links an HR system, until it is used or its time is over. */
export interface OpenLink {
  readonly url: string;
  readonly originId: string;
  readonly integration: string | undefined;
  readonly expiresAt: number;
}

/** `POST /link-token`; what the body must hold is the document's to say. */
export function createLink(
  { json }: VendorRequest,
  links: Map<string, OpenLink>,
  base: string,
  now: number,
): VendorAnswer {
  const body = json as Item;
  const token = `link-${links.size + 1}`;
  const url = `${base}/magic/${token}`;
  const minutes = typeof body['link_expiry_mins'] === 'number' ? body['link_expiry_mins'] : 30;
  const { integration } = body;
  links.set(url, {
    url,
    originId: textIn(body, 'end_user_origin_id'),
    integration: typeof integration === 'string' ? integration : undefined,
    expiresAt: now + minutes * 60_000,
  });
  const magic = body['should_create_magic_link_url'] === true ? { magic_link_url: url } : {};
  return { status: 200, body: { link_token: token, ...magic } };
}

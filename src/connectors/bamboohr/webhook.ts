import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether BambooHR signed this: the lower-case hex HMAC-SHA256, with the webhook's private key, of the raw body followed
 * directly by the text of the timestamp (headers `X-BambooHR-Signature`, `X-BambooHR-Timestamp`).
 */
export function isSigned(
  body: Uint8Array,
  timestamp: string,
  signature: string,
  privateKey: string,
): boolean {
  const ours = createHmac('sha256', privateKey).update(body).update(timestamp).digest();
  const theirs = /^[0-9a-f]{64}$/.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(0);
  return theirs.length === ours.length && timingSafeEqual(ours, theirs);
}

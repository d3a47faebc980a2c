import type { HttpResponse } from '../../http/client.ts';

const yearMs = 31_536_000_000;

/**
 * How long Apideck asks to wait, by the limits of the HR system that it passes on ("Unified Rate Limits"): after a 429
 * until the reset, and after a success that left nothing. The reset is a Unix timestamp, in places an ISO date.
 */
export function waitFor(
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
  now: number,
): number | undefined {
  const isUsedUp = status === 429 || headers['x-downstream-ratelimit-remaining']?.trim() === '0';
  const reset = isUsedUp ? momentOf(headers['x-downstream-ratelimit-reset']?.trim() ?? '') : Number.NaN;
  const wait = reset - now;
  return wait > 0 && wait <= yearMs ? Math.ceil(wait) : undefined;
}

function momentOf(text: string): number {
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
}

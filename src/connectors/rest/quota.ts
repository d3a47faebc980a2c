import type { HttpOptions } from '../../http/client.ts';
import type { RestConfig } from './schema.ts';

const yearMs = 31_536_000_000;

/**
 * How long everybody waits by the headers that the config names: after a 429 until the moment in `reset`, and after an answer
 * by which nothing is `left`. What is no moment to come names no wait.
 */
export function waitFor(quota: NonNullable<RestConfig['quota']>): NonNullable<HttpOptions['namedWait']> {
  const [left, reset] = [quota.left.toLowerCase(), quota.reset.toLowerCase()];
  return ({ status, headers }, now) => {
    const isUsedUp = status === 429 || /^0+$/.test(headers[left]?.trim() ?? '');
    const wait = isUsedUp ? waits[quota.form](headers[reset]?.trim() ?? '', now) : Number.NaN;
    return wait > 0 && wait <= yearMs ? Math.ceil(wait) : undefined;
  };
}

const waits: Readonly<
  Record<NonNullable<RestConfig['quota']>['form'], (text: string, now: number) => number>
> = {
  seconds: (text) => numberIn(text) * 1000,
  'epoch-seconds': (text, now) => numberIn(text) * 1000 - now,
  'epoch-milliseconds': (text, now) => numberIn(text) - now,
  iso: (text, now) =>
    /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) - now : Number.NaN,
};

function numberIn(text: string): number {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

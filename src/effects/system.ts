import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { Clock, Random } from '../model/effects.ts';

/** The machine's own clock. A sleep holds the process open until it ends. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      // A timer of more than 24.8 days fires at once: sleep in pieces.
      for (let left = ms; left > 0; left -= longestTimerMs) {
        await delay(Math.min(left, longestTimerMs), undefined, signal === undefined ? {} : { signal });
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};

const longestTimerMs = 2 ** 31 - 1;

/** Randomness of the operating system. Ids: 10 characters of time in ms, then 80 random bits, both in Crockford's base 32. */
export const systemRandom: Random = {
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  bytes: (length) => new Uint8Array(randomBytes(length)),
  id: () => timePart(systemClock.now()) + [...randomBytes(16)].map((byte) => alphabet[byte % 32]).join(''),
};

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function timePart(ms: number): string {
  let text = '';
  for (let rest = ms; text.length < 10; rest = Math.floor(rest / 32)) text = alphabet[rest % 32] + text;
  return text;
}

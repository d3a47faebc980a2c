import type { Json } from '../../../model/value.ts';
import { textOf, type JsonObject } from '../../json.ts';
import { dayOf } from '../moments.ts';
import type { Config } from '../schema.ts';

/**
 * How far somebody is in one course, as either API tells it and as it is remembered. Absent is what was not told. The
 * state is not among it: a course expires without anybody doing something.
 */
export interface Progress {
  readonly [key: string]: Json;
  /** 0 to 100. */
  readonly percent: number | null;
  /** The vendor's word, in lower case. */
  readonly word: string | null;
  readonly enrolled: string | null;
  readonly completed: string | null;
  readonly expires: string | null;
  readonly score: number | null;
  readonly role: string | null;
}

/**
 * The body of API v2 is not published: it is understood under the names of v1, and some that are near. One that tells
 * neither how much is done nor how it stands is none: `undefined`, so that nobody is said to have done nothing.
 */
export function progressIn(body: JsonObject, format: Config['dateFormat']): Progress | undefined {
  const number = (key: string) => numberIn(body[key]);
  const day = (key: string) => dayOf(body, key, format);
  const progress: Progress = {
    percent: first(['completion_percentage', 'progress', 'percentage'], number),
    word: first(['completion_status', 'status'], (key) => textOf(body[key])?.trim().toLowerCase()),
    enrolled: first(['enrolled_on', 'enrolled_at', 'enrollment_date'], day),
    completed: first(['completed_on', 'completed_at', 'completion_date'], day),
    expires: first(['expired_on', 'expires_on', 'expiration_date'], day),
    score: first(['score', 'average_score'], number),
    role: first(['role'], (key) => textOf(body[key])?.trim().toLowerCase()),
  };
  const { percent, word, completed } = progress;
  return percent === null && word === null && completed === null ? undefined : progress;
}

/** What the first of the names holds that holds anything. */
function first<T>(keys: readonly string[], read: (key: string) => T | null | undefined): T | null {
  return keys.map(read).find((one) => one !== undefined && one !== null) ?? null;
}

export type State = 'not-started' | 'in-progress' | 'completed' | 'expired';

/** `today` as `YYYY-MM-DD`. What was completed stays so when the course expires for that person. */
export function stateOf({ word, percent, completed, expires }: Progress, today: string): State {
  if (completed !== null || /^(?:completed|passed)$/.test(word ?? '')) return 'completed';
  if (expires !== null && expires < today) return 'expired';
  if (/^not[ _-]?(?:started|attempted)$/.test(word ?? '')) return 'not-started';
  return percent === null || percent === 0 ? stateIn(word) : 'in-progress';
}

/** Without a part of it done: only a word can say that it was begun. `incomplete` says neither. */
function stateIn(word: string | null): State {
  return /^(?:in[ _-]?progress|started|attempted|failed)$/.test(word ?? '') ? 'in-progress' : 'not-started';
}

/** `87.5`, `"87.50"`, `"40%"`. */
function numberIn(value: Json | undefined): number | null {
  const text = textOf(value)?.trim().replace(/%$/, '') ?? '';
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

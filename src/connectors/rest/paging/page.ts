import type { HttpResponse } from '../../../http/client.ts';
import type { Json } from '../../../model/value.ts';
import type { JsonObject } from '../../json.ts';
import { stepsOf, valueAt } from '../path.ts';
import type { Place } from '../schema/parts.ts';

/** Which page is asked for: parameters besides those of the list, or an address that a page before has named. */
export interface Turn {
  readonly parameters: Readonly<Record<string, string | number>>;
  /** Absolute. */
  readonly url?: string;
}

/** One page as it came. */
export interface Page {
  readonly records: readonly JsonObject[];
  readonly body: Json;
  /** Lower-case names. */
  readonly headers: HttpResponse['headers'];
  /** Where it was asked for; what its links are relative to. */
  readonly url: string;
}

/** What is known when a page has come, of it and of those before it. */
export interface Progress {
  /** From 1. */
  readonly number: number;
  /** Records so far, those of this page among them. */
  readonly received: number;
  /** Records of the largest page before this one. */
  readonly largest: number;
  /** Whether the page before this one had none. */
  readonly emptyBefore: boolean;
}

/** What follows a page. */
export type Step =
  | { readonly kind: 'turn'; readonly turn: Turn }
  /** The list is whole, and how that shows. */
  | { readonly kind: 'end'; readonly how: string }
  /** Why nothing can be concluded from this list. */
  | { readonly kind: 'doubt'; readonly why: string };

/** A way to divide a list: pure, so that every end and every doubt of it stands in a table. */
export interface Style {
  readonly first: Turn;
  next(page: Page, progress: Progress): Step;
}

export const end = (how: string): Step => ({ kind: 'end', how });
export const doubt = (why: string): Step => ({ kind: 'doubt', why });
export const goOn = (turn: Turn): Step => ({ kind: 'turn', turn });

/** A count that stands in a page's body or headers; `undefined` where none does. */
export function countAt({ body, headers }: Page, place: Place): number | undefined {
  const raw = typeof place === 'string' ? valueAt(body, stepsOf(place)) : headers[place.header.toLowerCase()];
  const count = typeof raw === 'string' && /^\d{1,15}$/.test(raw.trim()) ? Number(raw) : raw;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

/** A flag of a page; `undefined` where it is none. */
export function flagAt({ body }: Page, path: string): boolean | undefined {
  const raw = valueAt(body, stepsOf(path));
  if (typeof raw === 'boolean') return raw;
  const word = typeof raw === 'string' ? raw.toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** A word by which the next page is asked for; `undefined` where there is none, or an empty one. */
export function wordAt({ body }: Page, path: string): string | undefined {
  const raw = valueAt(body, stepsOf(path));
  if (typeof raw === 'number') return String(raw);
  return typeof raw === 'string' && raw !== '' ? raw : undefined;
}

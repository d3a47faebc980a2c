import type { Json } from '../model/value.ts';

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; `undefined` where it is no list, or holds something else. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly Json[];
  return items.every(isObject) ? items : undefined;
}

/** A list of objects; anything else in it is left out. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

/** An id that is a number, as text, whether it came as a number or as digits. */
export function idOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /^\d+$/.test(value) ? value : undefined;
}

/** A plain value as text; `undefined` where it is none. */
export function textOf(value: Json | undefined): string | null | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** What a body of bytes says; `undefined` where it is no JSON. */
export function jsonIn(body: Uint8Array): Json | undefined {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

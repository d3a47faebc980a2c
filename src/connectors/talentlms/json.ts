import type { Json } from '../../model/value.ts';

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The payload of an answer: what stands below `_data`, or the whole body where there is none. */
export function dataOf(body: Json): Json {
  return isObject(body) && '_data' in body ? (body['_data'] ?? null) : body;
}

/** A list of objects; anything else in it is left out. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

/** An id as text, whether it came as a number or as digits. */
export function idOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /^\d+$/.test(value) ? value : undefined;
}

export function textOf(value: Json | undefined): string | null | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

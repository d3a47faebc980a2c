import type { Json } from '../../../src/model/value.ts';
import type { VendorRequest } from '../loopback.ts';
import { Refusal, type Section } from './refusal.ts';

export type Body = { readonly [key: string]: Json };

/** The JSON object sent, holding no other keys than these. */
export function bodyOf(request: VendorRequest, allowed: readonly string[], section: Section): Body {
  const { json } = request;
  if (json === undefined || json === null || typeof json !== 'object' || Array.isArray(json)) {
    throw new Refusal(400, section, 'The body must be a JSON object.');
  }
  const body = json as Body;
  for (const key of Object.keys(body)) {
    if (!allowed.includes(key)) throw new Refusal(400, section, `The field ${key} is not documented here.`);
  }
  return body;
}

/** Text of at most 191 characters that is not empty; `undefined` when it was not sent. */
export function textOf(body: Body, key: string, section: Section): string | undefined {
  const value = body[key];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value.trim() === '') {
    throw new Refusal(400, section, `${key} must be a string that is not empty.`);
  }
  if (value.length > 191) throw new Refusal(400, section, `${key}: maximum 191 characters.`);
  return value.trim();
}

export function wholeOf(body: Body, key: string, section: Section): number | undefined {
  const value = body[key];
  if (value === undefined) return undefined;
  if (!Number.isInteger(value)) throw new Refusal(400, section, `${key} must be an integer.`);
  return value as number;
}

export function booleanOf(body: Body, key: string, section: Section): boolean | undefined {
  const value = body[key];
  if (value === undefined) return undefined;
  if (typeof value !== 'boolean') throw new Refusal(400, section, `${key} must be a boolean.`);
  return value;
}

export function required<T>(value: T | undefined, key: string, section: Section): T {
  if (value === undefined) throw new Refusal(400, section, `The field ${key} is required.`);
  return value;
}

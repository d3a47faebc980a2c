import type { Json } from '../../../src/model/value.ts';
import type { VendorRequest } from '../loopback.ts';
import { Refusal, sections } from './refusal.ts';

export type Body = { readonly [key: string]: Json };

/** The JSON object that was sent, holding no other keys than these. */
export function bodyOf(
  { json }: Pick<VendorRequest, 'json'>,
  allowed: readonly string[],
  where = 'body',
): Body {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Refusal(400, sections.writing, `The ${where} must be an object.`);
  }
  const body = json as Body;
  const unknown = Object.keys(body).find((key) => !allowed.includes(key));
  if (unknown !== undefined) throw invalid(`The field ${unknown} is not documented here.`);
  return body;
}

export function invalid(message: string): Refusal {
  return new Refusal(422, sections.writing, message);
}

export function textOf(body: Body, key: string): string {
  const value = body[key];
  if (typeof value !== 'string' || value.trim() === '') throw invalid(`The field ${key} is required.`);
  if (value.length > 191) throw invalid(`${key}: maximum 191 characters.`);
  return value.trim();
}

export function emailOf(body: Body, key: string): string {
  const email = textOf(body, key);
  if (!/^\S+@\S+\.\S+$/.test(email)) throw invalid(`The field ${key} must be a valid email address.`);
  return email;
}

export function dateOf(body: Body, key: string): string {
  const date = textOf(body, key);
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) {
    throw invalid(`The field ${key} must be a valid date in the format YYYY-MM-DD.`);
  }
  return date;
}

export function flagOf(body: Body, key: string): boolean {
  const value = body[key];
  if (value !== undefined && typeof value !== 'boolean')
    throw invalid(`The field ${key} must be true or false.`);
  return value === true;
}

export function oneOf(body: Body, key: string, allowed: readonly string[]): string {
  const value = textOf(body, key);
  if (!allowed.includes(value)) throw invalid(`The field ${key} is invalid.`);
  return value;
}

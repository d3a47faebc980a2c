import type { Json } from '../../model/value.ts';
import { isObject } from '../json.ts';

/** The payload of an answer: what stands below `_data`, or the whole body where there is none. */
export function dataOf(body: Json): Json {
  return isObject(body) && '_data' in body ? (body['_data'] ?? null) : body;
}

import { textOf, type JsonObject } from '../json.ts';

/** When and in what state the list last saw a user changed. The store may keep it in the open. */
export function versionOf(item: JsonObject): string {
  return `${textOf(item['last_updated']) ?? ''} ${textOf(item['status']) ?? ''}`;
}

import type { Json } from '../../model/value.ts';
import { isObject, type JsonObject } from '../json.ts';

/**
 * The key of a field that only the HR system's own answers hold: the address that Merge asks, and where the field stands in
 * what came back, as a JSON pointer (RFC 6901).
 */
export function remoteKey(path: string, traversal: readonly (string | number)[]): string {
  const pointer = traversal.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  return `remote_data:${path}#${pointer.join('')}`;
}

/** The field in `remote_data`, a list of `{ path, data }`; undefined where no answer of that address holds it. */
export function remoteField(employee: JsonObject, key: string): Json | undefined {
  const cut = key.lastIndexOf('#');
  const pattern = patternOf(key.slice('remote_data:'.length, cut));
  const steps = key
    .slice(cut + 1)
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const answers = employee['remote_data'];
  for (const answer of Array.isArray(answers) ? (answers as readonly Json[]) : []) {
    if (!isObject(answer) || typeof answer['path'] !== 'string' || !pattern.test(answer['path'])) continue;
    const value = follow(answer['data'], steps);
    if (value !== undefined) return value;
  }
  return undefined;
}

function follow(data: Json | undefined, steps: readonly string[]): Json | undefined {
  let at = data;
  for (const step of steps) {
    if (Array.isArray(at)) at = /^\d+$/.test(step) ? (at as readonly Json[])[Number(step)] : undefined;
    else at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

const patterns = new Map<string, RegExp>();

/** `/employees/{id}` stands for the address of anybody. */
function patternOf(path: string): RegExp {
  const known = patterns.get(path);
  if (known !== undefined) return known;
  const literal = path.split(/\{[^}]*\}/).map((part) => RegExp.escape(part));
  const pattern = new RegExp(`^${literal.join('[^/]+')}$`);
  patterns.set(path, pattern);
  return pattern;
}

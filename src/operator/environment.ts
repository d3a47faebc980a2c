import type { Json } from '../model/value.ts';
import type { ConfigFault } from '../spec/catalog.ts';
import { suggest } from '../spec/suggestion.ts';
import type { OperatorConfig } from './config.ts';
import type { Env } from './secrets.ts';

type Resolved = { readonly config: Json } | { readonly faults: readonly ConfigFault[] };

/**
 * Puts the value of a variable where a connection's config says `{ env: NAME }`. Only names that the operator lists
 * under `environment`; a name that is not listed or not set is a fault at its place.
 */
export function resolveEnvironment(
  json: Json,
  config: Pick<OperatorConfig, 'environment'>,
  env: Env,
): Resolved {
  const faults: ConfigFault[] = [];
  const resolved = replace(json, [], config.environment, env, faults);
  return faults.length > 0 ? { faults } : { config: resolved };
}

function replace(
  json: Json,
  path: readonly (string | number)[],
  allowed: readonly string[],
  env: Env,
  faults: ConfigFault[],
): Json {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) {
    return json.map((item: Json, index) => replace(item, [...path, index], allowed, env, faults));
  }
  const entries = Object.entries(json);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'env' && typeof first[1] === 'string') {
    return valueOf(first[1], path, allowed, env, faults);
  }
  return Object.fromEntries(
    entries.map(([key, value]) => [key, replace(value, [...path, key], allowed, env, faults)]),
  );
}

function valueOf(
  name: string,
  path: readonly (string | number)[],
  allowed: readonly string[],
  env: Env,
  faults: ConfigFault[],
): Json {
  if (!allowed.includes(name)) {
    const message = `the operator's configuration does not let specs refer to env:${name}; add it under environment`;
    const suggestion = suggest(name, allowed);
    faults.push({
      path,
      code: 'spec/environment',
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
    return null;
  }
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value !== undefined && value !== '') return value;
  faults.push({ path, code: 'spec/environment', message: `the environment variable ${name} is not set` });
  return null;
}

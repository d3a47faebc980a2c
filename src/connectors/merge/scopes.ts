import type { Json } from '../../model/value.ts';
import { isObject, objectsOf, textOf, type JsonObject } from '../json.ts';

/** What Merge shows of this linked account ("Common Model scopes"). What is switched off comes as null, without a word. */
export interface Scopes {
  /** False where this plan or key does not tell. */
  readonly areKnown: boolean;
  hides(model: string, field: string): boolean;
}

/**
 * Of `GET /linked-account-scopes`. `off` are models that are never copied, whatever the scopes say. Of `undefined`, what is
 * hidden is not known.
 */
export function scopesOf(common: readonly JsonObject[] | undefined, off: readonly string[] = []): Scopes {
  const models = new Map((common ?? []).map((one) => [modelOf(one), one]));
  return {
    areKnown: common !== undefined,
    hides(model, field) {
      if (off.includes(model)) return true;
      const scope = models.get(model);
      if (scope === undefined) return false;
      return !isReadable(scope) || disabledIn(scope).has(field);
    },
  };
}

function isReadable({ model_permissions: permissions }: JsonObject): boolean {
  const read = isObject(permissions) ? permissions['READ'] : undefined;
  return !isObject(read) || read['is_enabled'] !== false;
}

function disabledIn({ field_permissions: permissions }: JsonObject): ReadonlySet<Json> {
  const fields = isObject(permissions) ? permissions['disabled_fields'] : undefined;
  return new Set(Array.isArray(fields) ? (fields as readonly Json[]) : []);
}

/** The model that a status or a scope is of: `hris.Employee` and `Employee` are the same. */
export function modelOf({ model_id: id, model_name: name }: JsonObject): string {
  return (textOf(id) ?? textOf(name) ?? '').replace(/^hris\./i, '');
}

export function scopesIn(body: Json): readonly JsonObject[] | undefined {
  return isObject(body) && Array.isArray(body['common_models'])
    ? objectsOf(body['common_models'])
    : undefined;
}

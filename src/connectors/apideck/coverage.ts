import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json } from '../../model/value.ts';
import { isObject, objectsOf } from '../json.ts';
import type { ApideckClient } from './client.ts';
import { standardByName } from './fields.ts';

/** What Apideck says that it supports of employees for a service ("Get Connector Resource", Connector document 10.34.0). */
export interface Coverage {
  /** Top-level fields of the list and of the single record. */
  readonly fields: ReadonlySet<string>;
  readonly filters: ReadonlySet<string>;
}

/** `undefined` where it does not say: then everything may be there. */
export async function coverageOf(client: ApideckClient, signal: AbortSignal): Promise<Coverage | undefined> {
  const path = `connector/connectors/${client.asking.serviceId}/resources/employees`;
  const data = await client.maybe(path, { unified_api: 'hris' }, signal);
  if (!isObject(data)) return undefined;
  const fields = [...propertiesIn(data['supported_list_fields']), ...propertiesIn(data['supported_fields'])];
  const filters = Array.isArray(data['supported_filters'])
    ? (data['supported_filters'] as readonly Json[])
    : [];
  return fields.length === 0
    ? undefined
    : { fields: new Set(fields), filters: new Set(filters.filter((one) => typeof one === 'string')) };
}

/** Names of units are looked up by their ids where they are missing. */
const instead: Readonly<Record<string, string>> = {
  department_name: 'department_id',
  company_name: 'company_id',
};

export function isCovered({ name }: AttributeSpec, coverage: Coverage | undefined): boolean {
  const property = standardByName.get(name)?.place.property;
  if (coverage === undefined || property === undefined || property === 'id') return true;
  return coverage.fields.has(property) || coverage.fields.has(instead[property] ?? '');
}

function propertiesIn(list: Json | undefined): readonly string[] {
  return objectsOf(list).flatMap(({ unified_property: name }) =>
    typeof name === 'string' ? [name.replace(/[[.].*$/s, '')] : [],
  );
}

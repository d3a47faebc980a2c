import type { Json } from '../../model/value.ts';
import type { JsonObject } from '../json.ts';
import type { ApideckClient } from './client.ts';
import { findCustom, type Found } from './custom.ts';
import { recordId } from './decode.ts';
import { queryOf } from './pages.ts';
import { settled, type Config } from './schema.ts';

/** What a first look shows. */
export interface Sample {
  /** The first page; the first of it with what only its single record has. */
  readonly records: readonly JsonObject[];
  readonly total: number | undefined;
  /** True where the whole list has nobody, so that nothing can be seen. */
  readonly isNobody: boolean;
  readonly custom: Found;
}

/** So many employees show which fields there are. */
const enough = 50;
const asked = 'id,first_name,last_name,emails,employment_status,custom_fields,custom_mappings';

/** The first page of employees, and the custom fields that they and the Vault show. */
export async function sample(client: ApideckClient, config: Config, signal: AbortSignal): Promise<Sample> {
  const habits = settled(config);
  const pageSize = Math.min(habits.pageSize, enough);
  const query = queryOf('employees', { ...config, ...habits, pageSize, fields: asked }, undefined);
  const { records, total, next } = await client.page('employees', query, signal);
  const [first, ...others] = records;
  const id = first === undefined ? undefined : recordId(first);
  const isSingle = habits.singly.some((one) => one === '*' || asked.split(',').includes(one));
  const single = isSingle && id !== undefined ? await client.employee(id, asked, signal) : undefined;
  const seen = first === undefined ? [] : [{ ...first, ...single }, ...others];
  const isNobody = records.length === 0 && next === null;
  return { records: seen, total, isNobody, custom: await findCustom(client, seen, signal) };
}

export function isEmpty(value: Json | undefined): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

import type { AttributeSpec } from '../../model/attribute.ts';
import type { Column } from './columns.ts';

export type Query = Readonly<Record<string, string | boolean>>;

/** What is asked for with every page: deletions, and no more of the rest than the columns need. */
export function queryOf(columns: readonly Column[]): Query {
  const expand = [...new Set(columns.flatMap((column) => column.expand ?? []))].toSorted();
  return {
    include_deleted_data: true,
    ...(expand.length === 0 ? {} : { expand: expand.join(',') }),
    ...(columns.some(({ isRemote }) => isRemote) ? { include_remote_data: true } : {}),
    ...(columns.some(isSensitive) ? { include_sensitive_fields: true } : {}),
  };
}

/** Fields of an employee that are masked unless they are asked for by `include_sensitive_fields`. */
const sensitive = new Set(['ssn', 'date_of_birth', 'gender', 'ethnicity', 'marital_status']);

function isSensitive({ model, field }: Column): boolean {
  return model === 'Employee' && sensitive.has(field);
}

/** Filters of the list that ask for one value, by the field that they are about; `id` has an address of its own. */
const filters = new Set(['id', 'remote_id', 'employee_number', 'work_email', 'personal_email']);

/** The field by which Merge looks this attribute up; `undefined` where only the whole list tells. */
export function lookedUpBy(spec: AttributeSpec | undefined): string | undefined {
  const field = spec?.key ?? spec?.name ?? '';
  return filters.has(field) ? field : undefined;
}

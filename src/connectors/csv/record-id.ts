import { unguarded } from './formulas.ts';
import type { CsvConfig } from './schema.ts';

/** Columns whose texts make the id of a record. */
export function idColumns({ id }: Pick<CsvConfig, 'id'>): readonly string[] {
  return typeof id === 'string' ? [id] : id;
}

/**
 * The id of a record by the texts of its id columns: one as it stands, several with a slash between them. A slash within
 * one of several is written `%2F`, so that no two records share an id by chance; one without any text has none.
 */
export function recordId(texts: readonly string[], guards: boolean): string {
  const parts = texts.map((text) => (guards ? unguarded(text.trim()) : text.trim()));
  const [only = ''] = parts;
  if (parts.length === 1) return only;
  if (parts.every((part) => part === '')) return '';
  return parts.map((part) => part.replaceAll('%', '%25').replaceAll('/', '%2F')).join('/');
}

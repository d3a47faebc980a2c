import { isNothing } from '../../model/value.ts';
import { textOf, type JsonObject } from '../json.ts';
import { recordsFor, type Looking } from './find.ts';
import { stepsOf, valueAt } from './path.ts';
import type { Field } from './rows.ts';
import type { FindConfig } from './schema/requests.ts';
import { wrong } from './values.ts';

/**
 * Whether a look-up finds one of these records, which the list has. One whose path or parameter is mistyped finds nobody, and
 * whoever is not found would be made a second time. `undefined` where none of them has a value to look for.
 */
export async function findsListed(
  looking: Looking,
  { how, field }: { readonly how: FindConfig; readonly field: Field },
  records: readonly JsonObject[],
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const [idSteps, steps] = [stepsOf(looking.config.record.id), stepsOf(field.path)];
  const idOf = (record: JsonObject) => textOf(valueAt(record, idSteps)) ?? '';
  for (const record of records) {
    const value = field.form.valueOf(valueAt(record, steps));
    if (value === undefined || value === wrong || isNothing(value) || idOf(record) === '') continue;
    const found = await recordsFor(looking, how, field, { attribute: field.spec.name, value }, signal);
    return found?.some((one) => idOf(one) === idOf(record));
  }
  return undefined;
}

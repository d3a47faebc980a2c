import { RefusedStatus } from '../../../http/errors.ts';
import type { AttributeSpec } from '../../../model/attribute.ts';
import type { Receipt, Row } from '../../../model/row.ts';
import type { Probe } from '../../connector.ts';
import type { TalentLmsClient } from '../client.ts';
import { apiIsOff } from '../probe.ts';

/** A whole list as rows; its end tells how it is known to be whole. */
export async function* readWhole<T>(
  list: AsyncGenerator<readonly T[], Omit<Receipt, 'records' | 'asOf'>>,
  toRow: (one: T) => Row,
  asOf: string,
  signal: AbortSignal,
): AsyncGenerator<readonly Row[], Receipt> {
  let records = 0;
  let step = await list.next();
  for (; step.done !== true; step = await list.next()) {
    records += step.value.length;
    yield step.value.map(toRow);
  }
  // Called off after the last row, but before anybody may believe that it was the last.
  signal.throwIfAborted();
  return { records, asOf, ...step.value };
}

/** What a probe tells of a list: what a reading of it costs, as far as that is known, or that the API is off. */
export async function probeList(
  client: TalentLmsClient,
  fields: readonly AttributeSpec[],
  cost: () => Promise<number | undefined>,
): Promise<Probe> {
  const told = { account: client.host, fields };
  try {
    const requests = await cost();
    if (requests === undefined) return { ...told, missing: [] };
    return { ...told, missing: [], cost: { requests, limitPerHour: client.budget.perHour } };
  } catch (error) {
    if (!(error instanceof RefusedStatus) || error.status !== 403) throw error;
    return { ...told, missing: [apiIsOff] };
  }
}

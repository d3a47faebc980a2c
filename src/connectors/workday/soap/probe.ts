import { Stalled } from '../../../model/error.ts';
import type { ConnectorContext, Probe } from '../../connector.ts';
import { ownOf, standards, usuallyNeeded } from '../attributes.ts';
import type { SoapConfig } from '../schema.ts';
import { discover } from './discover.ts';
import type { Fields } from './fields.ts';
import { grants } from './faults.ts';
import type { WorkersPage } from './response.ts';

/** Without a word of Workday's: what the account may not see comes as if nobody had it. */
export function whyEmpty(attribute: string): string {
  const domain = standards.find(({ name }) => name === attribute)?.domain;
  return domain === undefined
    ? 'its path in config.paths leads nowhere, or its domain is not given to the security group of the account'
    : `Get access to the domain "${domain}" is likely not given to the security group of the account`;
}

/**
 * What the account may see, told by the first page, as no list of rights can be asked for: what nobody on it has is
 * likely not given.
 */
export async function probeWorkers(
  fields: Fields,
  { config, fields: saved = [] }: Pick<ConnectorContext<SoapConfig>, 'config' | 'fields'>,
  first: () => Promise<WorkersPage>,
): Promise<Probe> {
  const published = [...fields.values()].map(({ spec }) => spec);
  let page: WorkersPage;
  try {
    page = await first();
  } catch (error) {
    // What a person has to do in Workday is what a probe is asked for.
    if (!(error instanceof Stalled)) throw error;
    return { fields: published, missing: [error.message] };
  }
  const { workers, totalPages } = page;
  const asked = new Set([...usuallyNeeded, ...Object.keys(config.paths), ...ownOf(saved)]);
  const empty = [...asked].filter((name) =>
    workers.every((worker) => fields.get(name)?.at.valuesIn(worker).length === 0),
  );
  const missing =
    workers.length === 0
      ? [`Get_Workers shows nobody; ${grants}`]
      : empty.map((name) => `nobody of the first ${String(workers.length)} has ${name}: ${whyEmpty(name)}`);
  const known = [...fields.values()].flatMap(({ at }) => at.texts);
  return {
    fields: [...published, ...discover(workers, known)],
    missing,
    cost: { requests: Math.max(1, totalPages) },
  };
}

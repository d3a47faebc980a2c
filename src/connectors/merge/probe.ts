import type { AttributeSpec } from '../../model/attribute.ts';
import { textOf, type JsonObject } from '../json.ts';
import { vendorWords } from '../vendor-words.ts';
import type { ConnectorContext } from '../connector.ts';
import type { LinkedAccount, MergeClient } from './client.ts';
import { columnOf } from './columns.ts';
import { judgeCopy } from './copy.ts';
import { attributesOf, type Config } from './schema.ts';
import { modelOf, scopesOf } from './scopes.ts';
import { accountFault, syncStatuses } from './standing.ts';

const scopesPage =
  "Merge's Common Model scopes (Merge dashboard > Configuration > Common Models, or those of the linked account)";

/** Without these hardly any sync works. */
const usuallyNeeded = ['id', 'first_name', 'last_name', 'email', 'status'];

/** Merge gives null for what its scopes hide, and for what the HR system does not let it read. */
export function whyEmpty({ name, key = name }: AttributeSpec): string | undefined {
  if (name === 'id' || name === 'merge_id') return undefined;
  return `"${key}" is likely switched off in ${scopesPage}, or the HR system does not give it to Merge`;
}

/** What keeps people or values from being read, in sentences with the way out. */
export async function missingOf(
  client: MergeClient,
  account: LinkedAccount,
  custom: readonly AttributeSpec[],
  { config, fields, clock }: Pick<ConnectorContext<Config>, 'config' | 'fields' | 'clock'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const fault = accountFault(account, config, client.connection);
  const statuses = await syncStatuses(client, signal);
  const copy = judgeCopy(statuses, ['Employee'], config, clock.now());
  const scopes = scopesOf(await client.scopes(signal));
  const hidden = attributesOf(config)
    .filter(({ name }) => usuallyNeeded.includes(name))
    .map((spec) => columnOf(spec))
    .filter(({ model, field }) => scopes.hides(model, field));
  const known = new Set(custom.map(({ name }) => name));
  const gone = (fields ?? []).filter(({ name }) => name.startsWith('custom.') && !known.has(name));
  const issues = await client.issues(account.id, signal);
  return [
    ...(fault === undefined ? [] : [fault]),
    ...(copy.state === 'whole' ? [] : [`${copy.why}; nothing is planned from it until that has changed`]),
    ...switchedOff(statuses),
    ...hidden.map(({ spec }) => `${spec.name} cannot be read; switch it on in ${scopesPage}`),
    ...gone.map(
      ({ name }) => `${name} is no field of this HR system any more; map it in Merge (Field Mappings)`,
    ),
    ...issues.map(issueText),
  ];
}

/** Models that other attributes are of: without them departments, jobs and places are absent. */
function switchedOff(statuses: readonly JsonObject[]): readonly string[] {
  const off = new Set(statuses.filter(({ status }) => status === 'DISABLED').map(modelOf));
  return ['Employment', 'Group', 'Location']
    .filter((model) => off.has(model))
    .map((model) => `${model} cannot be read; switch it on in ${scopesPage}`);
}

function issueText({ error_description: description }: JsonObject): string {
  const words = vendorWords(textOf(description));
  const said = words === '' ? '' : `: "${words}"`;
  return `Merge has an open issue with the HR system${said}; its page in Merge's dashboard (Issues) has the way out`;
}

import type { Desired } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import type { PendingReference } from './difference.ts';
import type { Draft } from './draft.ts';
import type { Pass } from './pass.ts';
import { isEmpty } from './prepared.ts';

type Among = Pick<Pass, 'input' | 'accounts' | 'drafts'>;

/** What a reference comes to. */
export interface Referent {
  readonly after: Desired;
  /** True for what their own change of this plan brings about first. */
  readonly waitsForThem: boolean;
}

/** What to write for a reference to somebody; `undefined` for nothing, `unknown` where their account was not read. */
export function referent(
  among: Among,
  person: Draft,
  { attribute, person: other }: PendingReference,
): Referent | 'unknown' | undefined {
  const { result } = attribute.mapped;
  return result.kind === 'person' && result.as !== undefined
    ? theirAttribute(among, person, other, result.as)
    : theirAccount(among, other);
}

/** The account's id, or a promise where it is created in this plan. */
function theirAccount({ input, accounts, drafts }: Among, personId: string): Referent | undefined {
  const other = drafts.get(personId);
  if (other?.kind === 'create') return { after: { person: personId }, waitsForThem: true };
  if (other?.kind === 'delete') return undefined;
  if (other?.kind === 'adopt' || (other?.links === true && other.accountId !== null)) {
    return { after: { value: other.accountId ?? '' }, waitsForThem: false };
  }
  const link = input.memory.links.get(personId);
  if (link === undefined || accounts.reading.position(link.accountId) < 0) return undefined;
  if (link.state === 'tombstone' && input.memory.owners.has(link.accountId)) return undefined;
  return { after: { value: link.accountId }, waitsForThem: false };
}

/** What their account holds in an attribute, or will hold once their change of this plan is applied. */
function theirAttribute(among: Among, person: Draft, personId: string, name: string) {
  const other = among.drafts.get(personId);
  if (other?.kind === 'delete') return undefined;
  const planned = other?.attributes.find((one) => one.name === name)?.after;
  if (planned !== undefined && 'value' in planned) {
    if (isEmpty(planned.value)) return undefined;
    return { after: { value: planned.value }, waitsForThem: other !== person };
  }
  const { links, owners } = among.input.memory;
  const link = links.get(personId);
  const accountId = other?.accountId ?? link?.accountId;
  if (accountId === undefined || (link?.state === 'tombstone' && owners.has(accountId))) return undefined;
  return heldBy(among, accountId, name);
}

function heldBy(
  { input, accounts }: Among,
  accountId: string,
  name: string,
): Referent | 'unknown' | undefined {
  const position = accounts.reading.position(accountId);
  if (position < 0) return input.only === undefined ? undefined : 'unknown';
  const value: Value | undefined = accounts.reading.row(position).values[accounts.column(name)];
  return isEmpty(value) ? undefined : { after: { value: value ?? null }, waitsForThem: false };
}

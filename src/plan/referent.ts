import type { Desired } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import type { PendingReference } from './difference.ts';
import type { Draft } from './draft.ts';
import type { Pass } from './pass.ts';
import { isEmpty } from './prepared.ts';

type Among = Pick<Pass, 'input' | 'accounts' | 'drafts'> & { readonly awaited: ReadonlyMap<string, string> };

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
function theirAccount(among: Among, personId: string): Referent | undefined {
  const { accounts, drafts } = among;
  const other = drafts.get(personId);
  if (other?.kind === 'create') return { after: { person: personId }, waitsForThem: true };
  if (other?.kind === 'delete') return undefined;
  if (other?.kind === 'adopt' || (other?.links === true && other.accountId !== null)) {
    return { after: { value: other.accountId ?? '' }, waitsForThem: false };
  }
  const accountId = linkedOrAwaited(among, personId);
  if (accountId === undefined || accounts.reading.position(accountId) < 0) return undefined;
  return { after: { value: accountId }, waitsForThem: false };
}

/** By the link, unless the account went to somebody else; or the account for which they wait. */
function linkedOrAwaited({ input, awaited }: Among, personId: string): string | undefined {
  const { links, owners } = input.memory;
  const link = links.get(personId);
  const isOurs = link !== undefined && !(link.state === 'tombstone' && owners.has(link.accountId));
  return isOurs ? link.accountId : awaited.get(personId);
}

/**
 * Accounts by the person who waits for them while a sync with precedence has them: theirs as well, where nobody else of this
 * sync stands for them.
 */
export function awaitedAccounts(standIns: Pass['standIns']): ReadonlyMap<string, string> {
  const groups = Map.groupBy(standIns, ({ accountId }) => accountId).values();
  return new Map(
    [...groups].flatMap(([one, another]) => (one && !another ? [[one.personId, one.accountId]] : [])),
  );
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
  const accountId = (other?.kind === null ? null : other?.accountId) ?? linkedOrAwaited(among, personId);
  return accountId === undefined ? undefined : heldBy(among, accountId, name);
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

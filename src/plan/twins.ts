import type { LinkRecord } from '../model/link.ts';
import type { Row } from '../model/row.ts';
import type { Accounts } from './accounts.ts';
import type { PlanInput } from './input.ts';
import type { Prepared } from './prepared.ts';
import { addTo, isEmpty, keyOf } from './prepared.ts';

/**
 * Accounts of nobody that can be used and carry the whole identity of an account that somebody is linked to, or was: a
 * create that arrived when it was not looked for any more, or a copy made by hand. The accounts of nobody are looked at
 * first and linked people are shown one by one, so that where nobody's carry an identity a linked one costs nothing.
 */
export class Twins {
  readonly #identity: readonly Prepared[];
  /** Ids of accounts of nobody by the identity that they carry. */
  readonly #carriers = new Map<string, string[]>();
  readonly #found = new Map<string, LinkRecord>();

  constructor(input: PlanInput, accounts: Accounts, prepared: readonly Prepared[]) {
    this.#identity = prepared.filter(({ identity }) => identity);
    if (input.only !== undefined || input.memory.links.size === 0) return;
    for (const row of rowsOfNobody(input)) {
      const key = this.#identityOf(row);
      const usable = row.active !== false && row.outside !== true;
      if (key === undefined || !usable || accounts.isProtected(row)) continue;
      addTo(this.#carriers, key, row.id);
    }
  }

  /** Somebody who is linked to this account, or was. */
  show(link: LinkRecord, row: Row): void {
    if (this.#carriers.size === 0) return;
    const key = this.#identityOf(row);
    if (key === undefined) return;
    for (const accountId of this.#carriers.get(key) ?? []) this.#found.set(accountId, link);
  }

  /** Whose identity the account carries, of everybody shown until now. */
  of(accountId: string): LinkRecord | undefined {
    return this.#found.get(accountId);
  }

  #identityOf({ values }: Row): string | undefined {
    let combined = '';
    for (const { column, canonical } of this.#identity) {
      const value = values[column];
      if (value === undefined || isEmpty(value)) return undefined;
      combined += `${keyOf(canonical(value))}\n`;
    }
    return combined === '' ? undefined : combined;
  }
}

function* rowsOfNobody({ accounts, memory }: PlanInput): Generator<Row> {
  const linked = new Uint8Array(accounts.size);
  for (const { accountId } of memory.links.values()) {
    const position = accounts.position(accountId);
    if (position >= 0) linked[position] = 1;
  }
  for (let position = 0; position < accounts.size; position += 1) {
    if (linked[position] === 1) continue;
    const row = accounts.row(position);
    if (!memory.owners.has(row.id)) yield row;
  }
}

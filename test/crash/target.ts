import type { AttributeSpec } from '../../src/model/attribute.ts';
import type { LoggedRequest, Loopback, VendorRequest } from '../vendors/loopback.ts';
import type { Employee } from './company.ts';

/** One account as the vendor's server holds it, in the words of the HR list. */
export interface Account extends Omit<Employee, 'id' | 'manager'> {
  readonly accountId: string;
  /** Id of the person that it says it belongs to. */
  readonly person: string;
  /** The account that is named as manager. */
  readonly manager: string;
}

/** A vendor's server with what the crash tests need to know of it. */
export interface Target {
  readonly connector: 'scim' | 'talentlms';
  readonly secrets: Readonly<Record<string, string>>;
  readonly fields?: readonly AttributeSpec[];
  /** `config` of the connection and, of the sync, scope, identity, match and attributes: YAML. */
  readonly config: string;
  readonly flow: string;
  accounts(): readonly Account[];
  /** An account that somebody made by hand. */
  add(person: Employee, more: { readonly identity: boolean }): void;
  edit(accountId: string, change: { readonly active?: false; readonly first?: string }): void;
  /** Keeps the state as it is now; `restore` brings it back, with an empty log. */
  keep(): void;
  restore(): void;
  readonly loopback: Loopback;
  isCreate(request: LoggedRequest | VendorRequest): boolean;
  close(): Promise<void>;
}

import type { Json } from '../../../src/model/value.ts';
import { Loopback, type VendorRequest } from '../loopback.ts';
import { Refusal } from '../scim/refusal.ts';
import { textOf } from '../scim/resource.ts';
import { Directory } from './directory.ts';
import { objectOf, ourModel, type ScimUser } from './user.ts';

/**
 * Haiilo Advocacy (Smarp), from its knowledge base: a token that dies with its owner, seven attributes, countries exact in
 * case, teams found in any, nobody inactive: `active: false` deletes for good. What it does with another attribute is
 * called a side effect there and not described: here it is noted.
 */
export interface Advocacy {
  readonly url: string;
  readonly loopback: Loopback;
  readonly users: ReadonlyMap<string, ScimUser>;
  /** Paths of attributes that Advocacy does not know and was sent all the same. */
  readonly sideEffects: readonly string[];
  /** The id of whose token it is, an ordinary user, where the options name one. */
  readonly owner: string | undefined;
  add(user: ScimUser): string;
  close(): Promise<void>;
}

export interface AdvocacyOptions {
  readonly token: string;
  /** userName of the token's owner; without it, nobody of the list. */
  readonly owner?: string;
  readonly countries?: readonly string[];
  /** Where country, locality and region stand; the knowledge base does not say. */
  readonly addressPlace?: 'addresses' | 'user';
  readonly pageSize?: number;
  readonly port?: number;
}

const base = '/api/scim/v2/Users';

export async function startAdvocacy(options: AdvocacyOptions): Promise<Advocacy> {
  const { countries = ['Finland', 'Germany'], addressPlace = 'addresses' } = options;
  const sideEffects: string[] = [];
  const prefix = addressPlace === 'user' ? '' : 'addresses.';
  const teams = new Map<string, string>();
  const take = (keys: readonly string[], value: Json) => {
    const path = keys.join('.');
    if (path === `${prefix}country` && value !== null && !countries.includes(textOf(value))) {
      throw new Refusal(400, ourModel, 'no group has this country', 'invalidValue');
    }
    const known = ['userName', 'active', 'name.givenName', 'name.familyName', 'addresses.type'];
    if (![...known, ...places.map((name) => `${prefix}${name}`)].includes(path)) sideEffects.push(path);
  };
  /** A team is made by the first who is in it, and everybody later sees it as it was written then. */
  const team = (address: ScimUser): ScimUser => {
    const found = { ...address };
    for (const name of ['locality', 'region']) {
      const given = found[name];
      if (typeof given !== 'string') continue;
      const key = `${name} ${given.toLowerCase()}`;
      teams.set(key, teams.get(key) ?? given);
      found[name] = teams.get(key) ?? given;
    }
    return found;
  };
  const directory = new Directory({
    take,
    filterable: ['userName'],
    pageSize: options.pageSize ?? 100,
    settle(user) {
      if (!/^\S+@\S+$/.test(textOf(user['userName']))) {
        throw new Refusal(
          400,
          'advocacy knowledge base',
          'userName must be an e-mail address',
          'invalidValue',
        );
      }
      if (typeof user['active'] !== 'boolean') {
        throw new Refusal(400, 'advocacy knowledge base', 'active is needed', 'invalidValue');
      }
      if (!user['active']) return undefined;
      const { addresses } = user;
      if (!Array.isArray(addresses)) return addressPlace === 'user' ? team(user) : user;
      return { ...user, addresses: addresses.map((one: Json) => team(objectOf(one))) };
    },
    remove: () => undefined,
  });
  const owner =
    options.owner === undefined ? undefined : directory.add({ userName: options.owner, active: true });
  const loopback = await Loopback.start((request) => {
    try {
      checkToken(request, options.token, owner === undefined || directory.users.has(owner));
      const { path } = request;
      if (path === base || path.startsWith(`${base}/`))
        return directory.answer(request, path.slice(base.length));
      throw new Refusal(404, 'advocacy knowledge base', 'there are users, and no groups');
    } catch (error) {
      if (error instanceof Refusal) return error.answer(false);
      throw error;
    }
  }, options.port);
  return {
    url: loopback.url,
    loopback,
    users: directory.users,
    sideEffects,
    owner,
    add: (user) => directory.add(user),
    close: () => loopback.close(),
  };
}

const places = ['country', 'locality', 'region'] as const;

function checkToken({ headers }: VendorRequest, token: string, ownerIsThere: boolean): void {
  if (!ownerIsThere) throw new Refusal(401, 'advocacy knowledge base', 'the token died with its owner');
  if (headers['authorization'] !== `Bearer ${token}`) {
    throw new Refusal(401, 'advocacy knowledge base', 'a token of a user is needed');
  }
}

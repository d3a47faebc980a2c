import type { Shape } from '../../model/reading.ts';
import type { Value } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { byName, fieldsOf, type Field, type Place } from '../scim/fields.ts';
import { accountAt } from '../scim/service.ts';
import { shapeOf, withDisabling } from '../scim/shape.ts';
import { pick, type User } from '../scim/user.ts';
import { onText } from '../text-forms.ts';
import { openAdvocacy } from './client.ts';
import { disablingOf, notesOn } from './disabling.ts';
import type { AdvocacyConfig } from './schema.ts';
import type { Haiilo } from './service.ts';

/** Haiilo Advocacy (Smarp): a SCIM server that takes seven attributes and has no inactive users. */
export function openAdvocacyService(context: ConnectorContext<AdvocacyConfig>): Haiilo {
  const { config, connection, clock } = context;
  const client = openAdvocacy(context);
  const fields = advocacyFields(config);
  const { countries, tokenOwner } = config;
  return {
    service: {
      connection,
      clock,
      client,
      fields,
      shape: advocacyShape(config, fields),
      account: accountAt(config.baseUrl),
      list: { pageSize: config.pageSize, hidesInactive: false, asksAttributes: false },
      filterable: new Set(['userName']),
      enablesBy: 'patch',
      discover: () => Promise.resolve([]),
      ...(tokenOwner === undefined ? {} : { ours: () => Promise.resolve(named(tokenOwner)) }),
      examine: () => Promise.resolve({ missing: [], notes: notesOn(config) }),
      close: () => client.close(),
    },
    way: { kind: 'scim', deletesBy: 'deactivate' },
    ...(countries === undefined ? {} : { countries }),
  };
}

/**
 * What Advocacy takes, and nothing besides: its knowledge base tells to take every other attribute out of the mapping,
 * because those have side effects.
 */
export function advocacyFields(config: AdvocacyConfig): ReadonlyMap<string, Field> {
  const { userNameMutable, countries } = config;
  const attributes = ['userName', 'name.givenName', 'name.familyName'];
  const standard = fieldsOf({ extensions: [], profile: { userNameMutable, attributes } });
  const groups = ['country', 'locality', 'region'].map((name): Field => {
    const values = name === 'country' && countries !== undefined ? { values: countries } : {};
    return {
      spec: { name, type: 'text', class: 'personal', optional: true, write: 'always', ...values },
      place: placeOf(name, config),
    };
  });
  return byName([...standard.values(), ...groups]);
}

function placeOf(name: string, { addressPlace }: AdvocacyConfig): Place {
  if (addressPlace === 'user') return { kind: 'plain', attribute: name };
  return { kind: 'element', list: 'addresses', type: 'work', part: name, orPrimary: false };
}

function advocacyShape(config: AdvocacyConfig, fields: ReadonlyMap<string, Field>): Shape {
  const abilities = {
    create: true,
    update: true,
    // There are no inactive users.
    enable: false,
    disable: true,
    delete: true,
  };
  const shape = shapeOf('Haiilo Advocacy', fields, abilities);
  const canonical: Shape['canonical'] = (attribute) => forms[attribute] ?? shape.canonical(attribute);
  return withDisabling({ ...shape, canonical }, disablingOf(config));
}

/** Teams are found whatever the case they are written in, countries only in their own (advocacy knowledge base). */
const forms: Readonly<Record<string, (value: Value) => Value>> = {
  locality: onText((value) => value.toLowerCase()),
  region: onText((value) => value.toLowerCase()),
};

function named(userName: string): (user: User) => boolean {
  const ours = userName.toLowerCase();
  return (user) => {
    const theirs = pick(user, 'userName');
    return typeof theirs === 'string' && theirs.toLowerCase() === ours;
  };
}

import type { Connector } from '../connector.ts';
import { connect, hostsOf, needsCredential } from './authorization.ts';
import { fieldsOf } from './rows.ts';
import { RestReader } from './reader.ts';
import { restConfig, type RestConfig } from './schema.ts';
import { RestWriter } from './writer.ts';

/** Any system with a JSON API, declared in the spec. */
export const rest: Connector<RestConfig> = {
  name: 'rest',
  title: 'REST API, declared',
  config: restConfig,
  credentials: [
    { ...needed('token'), about: 'Token or API key, for auth "header" and "bearer".' },
    { ...needed('user'), about: 'User, for auth "basic"; often the API key.' },
    { name: 'password', required: false, about: 'Password, for auth "basic".' },
    { ...needed('clientId'), about: 'Client id, for auth "client-credentials" and "refresh-token".' },
    { ...needed('clientSecret'), about: 'Client secret that belongs to it.' },
    {
      name: 'refreshToken',
      required: false,
      about:
        'A refresh token that you have already; `connection connect` gets one where the config names the page.',
    },
  ],
  // What such a system is for is not known: creating people asks for as much care as in an HR system.
  system: 'hr',
  source: true,
  target: true,
  entities: ['person'],
  tellsAccount: true,
  capabilities: {
    read: 'one list of records in JSON, by page number, offset, cursor, next link or Link header; single records where the list lacks something; look-ups as declared',
    write: 'create, update, enable, disable, delete, each as far as the config declares a request for it',
    untested: 'against systems other than our own two; webhooks, changes since a moment and XML are not used',
  },
  attributes: (config) => [...fieldsOf(config).values()].map((field) => field.spec),
  whyNot: (config, _entity, use) =>
    use === 'write' && config.write === undefined
      ? 'its config declares no request that writes; add "write" to config'
      : undefined,
  hosts: hostsOf,
  connect,
  openReader: (context) => new RestReader(context),
  openWriter: (context) => new RestWriter(context),
};

function needed(name: string): Pick<Connector<RestConfig>['credentials'][number], 'name' | 'required'> {
  return { name, required: (config) => needsCredential(name, config) };
}

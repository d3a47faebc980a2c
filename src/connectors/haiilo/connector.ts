import type { Connector, ConnectorContext } from '../connector.ts';
import { ScimReader } from '../scim/reader.ts';
import { advocacyFields, openAdvocacyService } from './advocacy.ts';
import { disablingOf } from './disabling.ts';
import { intranetFields, openIntranetService } from './intranet.ts';
import { haiiloConfig, type HaiiloConfig } from './schema.ts';
import type { Haiilo } from './service.ts';
import { HaiiloWriter } from './writer.ts';

const ofIntranet = ({ product }: HaiiloConfig) => product === 'intranet';
const ofRest = (config: HaiiloConfig) => config.product === 'intranet' && config.deactivateVia === 'rest';

/** Haiilo: users of the Intranet (COYO) or of Advocacy (Smarp). */
export const haiilo: Connector<HaiiloConfig> = {
  name: 'haiilo',
  title: 'Haiilo',
  config: haiiloConfig,
  credentials: [
    { name: 'clientId', required: ofIntranet, about: 'Intranet: client id of the SCIM user directory.' },
    { name: 'clientSecret', required: ofIntranet, about: 'Intranet: its client secret.' },
    {
      name: 'token',
      required: ({ product }) => product === 'advocacy',
      about: 'Advocacy: access token of a user of the platform, which dies with that user.',
    },
    { name: 'apiClientId', required: ofRest, about: 'deactivateVia: rest: id of an API client.' },
    { name: 'apiClientSecret', required: ofRest, about: 'deactivateVia: rest: its secret.' },
    { name: 'username', required: ofRest, about: 'deactivateVia: rest: login of whoever may manage users.' },
    { name: 'password', required: ofRest, about: 'deactivateVia: rest: their password.' },
  ],
  system: 'identity',
  source: true,
  target: true,
  entities: ['person'],
  tellsAccount: true,
  capabilities: {
    read: 'users of Intranet (SCIM, profile fields) or Advocacy (SCIM)',
    write:
      'create, update; Intranet: enable, disable, delete by SCIM or REST, as the deprovision policy allows; Advocacy: delete',
    untested:
      'against a live platform; what Haiilo does not publish (paging, filters, where profile fields stand) is configurable or looked at; groups',
  },
  attributes: (config) => {
    const fields = config.product === 'intranet' ? intranetFields(config) : advocacyFields(config);
    return [...fields.values()].map((field) => field.spec);
  },
  disabling: disablingOf,
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  openReader: (context) => new ScimReader(open(context).service),
  openWriter: (context) => new HaiiloWriter(open(context)),
};

function open(context: ConnectorContext<HaiiloConfig>): Haiilo {
  const { config } = context;
  return config.product === 'intranet'
    ? openIntranetService({ ...context, config })
    : openAdvocacyService({ ...context, config });
}

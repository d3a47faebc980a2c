import type { Connector, ConnectorContext } from '../connector.ts';
import { connect } from './connect.ts';
import { columnsOf } from './report/columns.ts';
import { ReportReader } from './report/reader.ts';
import { configSchema, type ReportConfig, type SoapConfig, type WorkdayConfig } from './schema.ts';
import { fieldsOf } from './soap/fields.ts';
import { SoapReader } from './soap/reader.ts';

/** Workday as a source: a custom report as a web service, or the SOAP operation Get_Workers. */
export const workday: Connector<WorkdayConfig> = {
  name: 'workday',
  title: 'Workday',
  config: configSchema,
  credentials: [
    {
      name: 'username',
      required: (config) => !byOAuth(config),
      about: 'User name of the integration system user.',
    },
    { name: 'password', required: (config) => !byOAuth(config), about: 'Its password.' },
    { name: 'clientId', required: byOAuth, about: 'Client ID of an API client, for `auth: oauth`.' },
    { name: 'clientSecret', required: byOAuth, about: 'Client secret that belongs to the client ID.' },
    {
      name: 'refreshToken',
      required: false,
      about: 'Refresh token of the API client; `rosterd connection connect` can get one instead.',
    },
  ],
  system: 'hr',
  source: true,
  target: false,
  entities: ['person'],
  tellsAccount: false,
  capabilities: {
    read: 'workers with the columns of a custom report (RaaS), or by SOAP Get_Workers with standard attributes and any path; hires to come',
    write: 'not supported',
    untested: 'against a real tenant; WQL and REST are not used',
  },
  attributes: (config) =>
    [...(config.api === 'report' ? columnsOf(config) : fieldsOf(config)).values()].map(({ spec }) => spec),
  hosts: (config) => {
    const consent = config.api === 'report' ? config.authorizeUrl : undefined;
    return [config.baseUrl, ...(consent === undefined ? [] : [consent])].map((url) => new URL(url).host);
  },
  connect,
  openReader: (context) =>
    isReport(context) ? new ReportReader(context) : new SoapReader(context as ConnectorContext<SoapConfig>),
};

function byOAuth(config: WorkdayConfig): boolean {
  return config.api === 'report' && config.auth === 'oauth';
}

function isReport(context: ConnectorContext<WorkdayConfig>): context is ConnectorContext<ReportConfig> {
  return context.config.api === 'report';
}

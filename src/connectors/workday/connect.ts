import { Stalled } from '../../model/error.ts';
import { askConsent } from '../oauth-consent.ts';
import type { Connect, ConnectorContext } from '../connector.ts';
import { oauthOf } from './report/client.ts';
import type { ReportConfig, WorkdayConfig } from './schema.ts';

/** The consent page of an API client, by the authorisation code grant: reports then run with that person's rights. */
export const connect: Connect<WorkdayConfig> = {
  about:
    'Workday asks whether the API client may act for the account that is signed in: sign in as the account that may run the report',
  whyNot: (config) => {
    if (config.api !== 'report' || config.auth !== 'oauth')
      return 'only `api: report` with `auth: oauth` is connected by a browser';
    return config.authorizeUrl === undefined
      ? 'config.authorizeUrl is missing; set it to the "Authorization Endpoint" of the API client, or put a refresh token into the credential refreshToken'
      : undefined;
  },
  begin: async (context, how) => {
    const { config, connection } = context;
    const why = connect.whyNot?.(config);
    if (config.api !== 'report' || config.authorizeUrl === undefined || why !== undefined) {
      throw new Stalled('NotConnected', `connection ${connection}: ${why ?? 'there is nothing to connect'}`, {
        connection,
      });
    }
    return askConsent(
      {
        oauth: oauthOf(context as ConnectorContext<ReportConfig>),
        authorizeUrl: config.authorizeUrl,
        parameters: {},
        client: () => context.http({ baseUrl: config.baseUrl, auth: { kind: 'none' } }),
      },
      context,
      how,
    );
  },
};

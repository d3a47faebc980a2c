import type { Connector, ConnectorContext } from '../connector.ts';
import { hostOf, sftpCredentials } from '../sftp/schema.ts';
import { TalosApiReader } from './api/reader.ts';
import { TalosApiWriter } from './api/writer.ts';
import { attributesOf, specsOf } from './attributes.ts';
import { fileSpecs, openFileReader, openFileWriter } from './file/way.ts';
import { talosConfig, type ApiConfig, type CsvWay, type TalosConfig } from './schema.ts';

/**
 * Talos Perform (formerly Appraisd), as a target: through its API, or by the file that its SFTP server takes. Experimental:
 * the reference of the API is not public, so that every name is a setting.
 */
export const talosPerform: Connector<TalosConfig> = {
  name: 'talos-perform',
  title: 'Talos Perform (experimental)',
  config: talosConfig,
  credentials: [
    {
      name: 'token',
      required: ({ api }) => api !== undefined,
      about: 'API key of Talos Perform, for the API.',
    },
    ...sftpCredentials,
  ],
  system: 'learning',
  source: false,
  target: true,
  entities: ['person'],
  tellsAccount: false,
  capabilities: {
    read: 'users, deactivated ones too, through the API; what was delivered last, by file',
    write: 'create, update, deactivate, activate; by file: delivered, each row checked first',
    untested:
      'everything against the real service: names, pages and limits of its API are a guess, and settings',
  },
  attributes: (config) =>
    config.csv === undefined ? [idSpec, ...specsOf(attributesOf(config))] : fileSpecs(config),
  hosts: ({ api, csv }) => [
    ...(api === undefined ? [] : [new URL(api.baseUrl).host]),
    ...(csv?.deliver === undefined ? [] : [hostOf(csv.deliver.sftp)]),
  ],
  openReader: (context) => {
    const way = wayOf(context);
    return 'api' in way ? new TalosApiReader(context, way.api) : openFileReader(context, way.csv);
  },
  openWriter: (context) => {
    const way = wayOf(context);
    return 'api' in way ? new TalosApiWriter(context, way.api) : openFileWriter(context, way.csv);
  },
};

const idSpec = { name: 'id', type: 'text', class: 'internal' } as const;

type Way = { readonly api: ApiConfig } | { readonly csv: CsvWay };

function wayOf({ config: { api, csv } }: ConnectorContext<TalosConfig>): Way {
  if (api !== undefined) return { api };
  if (csv !== undefined) return { csv };
  throw new RangeError('the config is checked to have one of the two');
}

import type { Connector } from '../connector.ts';
import { attributesOf } from './columns.ts';
import { OptioReader } from './reader.ts';
import { optioConfig, type OptioConfig } from './schema.ts';
import { OptioWriter } from './writer.ts';

/** Optio Incentives: employees for equity plans, as a file that a person applies in the portal. It has no public API. */
export const optio: Connector<OptioConfig> = {
  name: 'optio',
  title: 'Optio',
  config: optioConfig,
  credentials: [],
  system: 'file',
  source: false,
  target: true,
  entities: ['person'],
  tellsAccount: false,
  capabilities: {
    read: 'the file that was delivered last',
    write:
      'employees of a local CSV file: create, update; leavers stay with a termination date; delivered, never applied',
    untested: 'against a real portal, which publishes no template; delivery over SFTP',
  },
  attributes: (config) => attributesOf(config),
  hosts: () => [],
  openReader: (context) => new OptioReader(context),
  openWriter: (context) => new OptioWriter(context),
};

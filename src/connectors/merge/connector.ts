import type { Connector } from '../connector.ts';
import { connect } from './link.ts';
import { MergeReader } from './reader.ts';
import { attributesOf, baseUrlOf, configSchema, type Config } from './schema.ts';
import { webhook } from './webhook.ts';

/** Merge (merge.dev), unified HRIS API: the employees of one linked account, whatever HR system it is. */
export const merge: Connector<Config> = {
  name: 'merge',
  title: 'Merge (unified HR API)',
  config: configSchema,
  credentials: [
    {
      name: 'apiKey',
      required: true,
      about: "Production or test key of the organisation (Merge's dashboard: API keys).",
    },
    {
      name: 'accountToken',
      required: false,
      about: 'Token of the linked account; not needed where `rosterd connection connect` links it.',
    },
    {
      name: 'webhookKey',
      required: false,
      about: "Signature key of the organisation's webhooks (Merge's dashboard: Webhooks > Security).",
    },
  ],
  subprocessor: 'Merge API, Inc.',
  system: 'hr',
  source: true,
  target: false,
  entities: ['person'],
  tellsAccount: true,
  capabilities: {
    read: "employees of any HR system that Merge copies, with manager, job, groups and places, mapped and raw fields, deletions; the age of Merge's copy",
    write: 'not supported',
    untested: 'against a live Merge organisation; pictures; creating employees and passthrough',
  },
  attributes: (config) => attributesOf(config),
  hosts: (config) => [new URL(baseUrlOf(config)).host],
  webhook,
  connect,
  openReader: (context) => new MergeReader(context),
};

import type { Connector } from '../connector.ts';
import { TalentLmsReader } from './reader.ts';
import { attributesOf, baseUrlOf, configSchema, type Config } from './schema.ts';
import { TalentLmsV1Reader } from './v1/reader.ts';
import { TalentLmsV1Writer } from './v1/writer.ts';
import { TalentLmsWriter } from './writer.ts';

/** TalentLMS (Epignosis), API v2 and v1: users, their custom fields, and the branch they are in. */
export const talentlms: Connector<Config> = {
  name: 'talentlms',
  title: 'TalentLMS',
  config: configSchema,
  credentials: [
    {
      name: 'apiKey',
      required: true,
      about:
        'API key of the portal: Account & Settings, Security, Enable API. It has all rights and does not expire.',
    },
  ],
  system: 'learning',
  source: true,
  target: true,
  entities: ['person'],
  tellsAccount: true,
  capabilities: {
    read: 'users of the portal with status, language, time zone and custom user fields',
    write: 'create, update, enable, disable, delete; custom user fields in batches; one branch as scope',
    untested: 'against a live portal; user types and groups',
  },
  attributes: ({ api }) => attributesOf(api),
  hosts: (config) => [new URL(baseUrlOf(config)).host],
  openReader: (context) =>
    context.config.api === 'v1' ? new TalentLmsV1Reader(context) : new TalentLmsReader(context),
  openWriter: (context) =>
    context.config.api === 'v1' ? new TalentLmsV1Writer(context) : new TalentLmsWriter(context),
};

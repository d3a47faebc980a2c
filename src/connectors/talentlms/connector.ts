import { entities } from '../../model/entity.ts';
import type { Connector } from '../connector.ts';
import { attributesFor, openReader, openWriter } from './open.ts';
import { baseUrlOf, configSchema, type Config } from './schema.ts';

/** TalentLMS (Epignosis), API v2 and v1: users with their custom fields and branch, courses, and who takes them. */
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
  entities,
  tellsAccount: true,
  capabilities: {
    read: 'users of the portal with status, language, time zone and custom user fields; courses; enrolments with progress; API v2 and v1',
    write:
      'create, update, enable, disable, delete; custom user fields in batches; one branch as scope; enrolling and taking out of courses',
    untested: 'against a live portal; user types and groups',
  },
  attributes: attributesFor,
  hosts: (config) => [new URL(baseUrlOf(config)).host],
  openReader,
  openWriter,
};

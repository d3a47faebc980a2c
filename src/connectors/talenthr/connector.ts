import type { Connector } from '../connector.ts';
import { fieldsOf } from './fields.ts';
import { TalentHrReader } from './reader.ts';
import { configSchema, type Config } from './schema.ts';
import { TalentHrWriter } from './writer.ts';

/** TalentHR (Epignosis), public API v1: employees as people, read and hired. */
export const talenthr: Connector<Config> = {
  name: 'talenthr',
  title: 'TalentHR',
  config: configSchema,
  credentials: [
    {
      name: 'apiKey',
      required: true,
      about: 'API key of the company, sent as the user of Basic authentication.',
    },
  ],
  system: 'hr',
  source: true,
  target: true,
  entities: ['person'],
  tellsAccount: false,
  capabilities: {
    read: 'employees of the directory; single records and custom fields where a sync needs them',
    write: 'hire, update; terminate where the config allows it; no enabling, no deleting',
    untested:
      'against a live company; job, status and pay records after a hire; custom fields are not written',
  },
  attributes: (config) => [...fieldsOf(config).values()].map((field) => field.spec),
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  openReader: (context) => new TalentHrReader(context),
  openWriter: (context) => new TalentHrWriter(context),
};

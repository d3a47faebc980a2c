import type { Connector } from '../connector.ts';
import { PersonioReader } from './reader.ts';
import { configSchema, standardAttributes, type PersonioConfig } from './schema.ts';
import { v2Attributes } from './v2/attributes.ts';
import { PersonioV2Reader } from './v2/reader.ts';
import { webhook } from './webhook.ts';

/** Personio as a source, through API v1 or v2, which publish the same people under the same names. */
export const personio: Connector<PersonioConfig> = {
  name: 'personio',
  title: 'Personio',
  config: configSchema,
  credentials: [
    {
      name: 'clientId',
      required: true,
      about: 'Client ID of API credentials with read access to employees.',
    },
    { name: 'clientSecret', required: true, about: 'Client secret that belongs to the client ID.' },
    {
      name: 'webhookToken',
      required: false,
      about: 'Token that a webhook of Personio sends as its Authorization header, chosen when it is made.',
    },
  ],
  system: 'hr',
  source: true,
  target: false,
  entities: ['person'],
  tellsAccount: true,
  capabilities: {
    read: 'employees with standard and custom attributes, employment and pictures, by API v1 or v2; webhooks',
    write: 'not supported',
    untested: 'against a real Personio account',
  },
  webhook,
  attributes: ({ api }) => (api === 'v1' ? standardAttributes : v2Attributes),
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  openReader: (context) =>
    context.config.api === 'v1' ? new PersonioReader(context) : new PersonioV2Reader(context),
};

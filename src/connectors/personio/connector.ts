import type { Connector } from '../connector.ts';
import { PersonioReader } from './reader.ts';
import { configSchema, standardAttributes, type PersonioConfig } from './schema.ts';

/** Personio as a source, through API v1. */
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
  ],
  system: 'hr',
  source: true,
  target: false,
  entities: ['person'],
  tellsAccount: false,
  capabilities: {
    read: 'employees with standard and custom attributes and pictures, by API v1',
    write: 'not supported',
    untested: 'against a real Personio account; API v2; webhooks',
  },
  attributes: () => standardAttributes,
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  openReader: (context) => new PersonioReader(context),
};

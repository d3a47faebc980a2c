import type { Connector } from '../connector.ts';
import { connect } from './connect.ts';
import { standardAttributes } from './fields.ts';
import { EmployeeReader } from './reader.ts';
import { configSchema, type Config } from './schema.ts';
import { webhook } from './webhook.ts';

/** Employees of any HR system that Apideck's unified HRIS API reaches. */
export const apideck: Connector<Config> = {
  name: 'apideck',
  title: 'Apideck',
  config: configSchema,
  credentials: [
    { name: 'apiKey', required: true, about: 'API key of the application in Apideck.' },
    {
      name: 'webhookKey',
      required: false,
      about: 'The same API key once more, where webhooks are taken: Apideck signs with it.',
    },
  ],
  subprocessor: 'APIdeck BVBA',
  system: 'hr',
  source: true,
  target: false,
  entities: ['person'],
  tellsAccount: true,
  capabilities: {
    read: 'employees with standard, custom and mapped fields, from any HR system behind Apideck; the connection is made in its Vault',
    write: 'not supported',
    untested: 'against a live application; each HR system behind it',
  },
  webhook,
  connect,
  attributes: () => standardAttributes,
  hosts: ({ baseUrl }) => [new URL(baseUrl).host],
  openReader: (context) => new EmployeeReader(context),
};

import { connect } from './access.ts';
import type { Connector } from '../connector.ts';
import { EmployeeReader } from './reader.ts';
import { attributesOf, baseUrlOf, configSchema, type Config } from './schema.ts';
import { TrainingReader } from './training-reader.ts';
import { TrainingWriter } from './training-writer.ts';
import { webhook } from './webhook.ts';
import { EmployeeWriter } from './writer.ts';

/** BambooHR: employees, and the training types and records of its Training page. */
export const bamboohr: Connector<Config> = {
  name: 'bamboohr',
  title: 'BambooHR',
  config: configSchema,
  credentials: [
    {
      name: 'apiKey',
      required: ({ auth }) => auth === 'apiKey',
      about: 'API key (your picture > API keys). It may do what its owner may do.',
    },
    {
      name: 'clientId',
      required: ({ auth }) => auth === 'oauth',
      about: 'Client id of an application of the developer portal, for `auth: oauth`.',
    },
    {
      name: 'clientSecret',
      required: ({ auth }) => auth === 'oauth',
      about: 'Client secret that belongs to it.',
    },
    {
      name: 'refreshToken',
      required: false,
      about: 'A refresh token that you have already; `connection connect` gets one.',
    },
    {
      name: 'webhookKey',
      required: false,
      about: 'Private key of a webhook, which BambooHR shows once, when it is made.',
    },
  ],
  system: 'hr',
  source: true,
  target: true,
  entities: ['person', 'course', 'enrollment'],
  tellsAccount: true,
  capabilities: {
    read: 'employees with standard and custom fields, photos, deletions; training types; training records',
    write: 'create and update employees, photos; training types and records: create, update, delete',
    untested: 'against a live company; terminating (rows of the employment status table)',
  },
  webhook,
  connect,
  attributes: (_, entity) => attributesOf(entity),
  hosts: (config) => [new URL(baseUrlOf(config)).host],
  openReader: (context) =>
    context.entity === 'person' ? new EmployeeReader(context) : new TrainingReader(context, context.entity),
  openWriter: (context) =>
    context.entity === 'person' ? new EmployeeWriter(context) : new TrainingWriter(context, context.entity),
};

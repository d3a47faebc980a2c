import type { Connector, ConnectorContext, Reader, Writer } from '../connector.ts';
import { appUserAttributes } from './integration/app-users.ts';
import { whyNoApplication } from './integration/config.ts';
import { IntegrationReader } from './integration/reader.ts';
import { IntegrationWriter } from './integration/writer.ts';
import { LoginReader } from './login/reader.ts';
import { loginFields } from './login/service.ts';
import { LoginWriter } from './login/writer.ts';
import { toriiConfig, type ToriiConfig } from './schema.ts';
import { personAttributes } from './users/fields.ts';
import { PeopleReader } from './users/reader.ts';
import { LifecycleWriter } from './users/writer.ts';

/** Torii, by one of the three ways that its API has for people. */
export const torii: Connector<ToriiConfig> = {
  name: 'torii',
  title: 'Torii',
  config: toriiConfig,
  credentials: [
    {
      name: 'apiKey',
      required: true,
      about: 'Key of Settings > API Access. It also tells which organisation this is.',
    },
    {
      name: 'scimKey',
      required: ({ api }) => api === 'scim',
      about: 'Key of the type "Torii SCIM" (Settings > Security), for `api: scim`.',
    },
  ],
  system: 'identity',
  source: true,
  target: true,
  entities: ['person'],
  tellsAccount: true,
  capabilities: {
    read: "people with the organisation's own fields; users and licences of an application; who may log in (SCIM)",
    write:
      'users and licences of an application by whole files; the life cycle of people; log-ins by SCIM: create, update, enable, disable, delete',
    untested:
      'against a live organisation; fields of people other than the life cycle cannot be written by the API',
  },
  attributes: (config) => {
    if (config.api === 'scim') return [...loginFields(config).values()].map(({ spec }) => spec);
    if (config.api === 'custom-integration') return appUserAttributes;
    return personAttributes;
  },
  whyNot: (config) => whyNoApplication(config),
  hosts: ({ baseUrl, customIntegration }) => {
    const { uploadHost } = customIntegration ?? {};
    return [new URL(baseUrl).host, ...(uploadHost === undefined ? [] : [uploadHost])];
  },
  openReader: (context) => readers[context.config.api](context),
  openWriter: (context) => writers[context.config.api](context),
};

type Open<T> = (context: ConnectorContext<ToriiConfig>) => T;

const readers: Readonly<Record<ToriiConfig['api'], Open<Reader>>> = {
  scim: (context) => new LoginReader(context),
  users: (context) => new PeopleReader(context),
  'custom-integration': (context) => new IntegrationReader(context),
};

const writers: Readonly<Record<ToriiConfig['api'], Open<Writer>>> = {
  scim: (context) => new LoginWriter(context),
  users: (context) => new LifecycleWriter(context),
  'custom-integration': (context) => new IntegrationWriter(context),
};

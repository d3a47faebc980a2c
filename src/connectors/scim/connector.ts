import type { Connector } from '../connector.ts';
import { fieldsOf } from './fields.ts';
import { ScimReader } from './reader.ts';
import { scimConfig, type ScimConfig } from './schema.ts';
import { disablingOf } from './shape.ts';
import { openService } from './service.ts';
import { ScimWriter } from './writer.ts';

/** Any service that speaks SCIM 2.0 (RFC 7643, RFC 7644). */
export const scim: Connector<ScimConfig> = {
  name: 'scim',
  title: 'SCIM 2.0',
  config: scimConfig,
  credentials: [
    { name: 'token', required: true, about: 'Bearer token of the service, sent to baseUrl only' },
  ],
  system: 'identity',
  source: true,
  target: true,
  entities: ['person'],
  tellsAccount: true,
  capabilities: {
    read: 'users by index paging; look-up by filter; core and enterprise schema, extensions as declared or described by the service; `active` as a status',
    write: 'create, update, enable, disable (PATCH active), delete',
    untested: 'servers other than our own strict one; groups, bulk, cursor paging and ETags are not used',
  },
  attributes: (config) => [...fieldsOf(config).values()].map((field) => field.spec),
  disabling: disablingOf,
  hosts: (config) => [new URL(config.baseUrl).host],
  openReader: (context) => new ScimReader(openService(context)),
  openWriter: (context) => new ScimWriter(openService(context)),
};

import type { Json } from '../../../src/model/value.ts';
import { coreUrn, schemas, type Definition } from './attributes.ts';

const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** `/ServiceProviderConfig` (RFC 7643 §5): what this server does, and nothing it does not. */
export function serviceProviderConfig(maxResults: number): Json {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults },
    changePassword: { supported: true },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      { type: 'oauthbearertoken', name: 'Bearer token', description: 'A token in the Authorization header' },
    ],
  };
}

/** `/ResourceTypes` (RFC 7643 §6). */
export function resourceTypes(): Json {
  return listOf([
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      schema: coreUrn,
      schemaExtensions: [...schemas.keys()]
        .filter((urn) => urn !== coreUrn)
        .map((schema) => ({ schema, required: false })),
    },
  ]);
}

/** `/Schemas` (RFC 7643 §7). */
export function schemaList(): Json {
  return listOf(
    [...schemas].map(([id, attributes]) => ({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id,
      name: id.split(':').at(-1) ?? id,
      attributes: attributes.map((one) => describe(one)),
    })),
  );
}

function describe(definition: Definition): Json {
  return {
    name: definition.name,
    type: definition.type ?? 'string',
    multiValued: definition.multiValued ?? false,
    required: definition.required ?? false,
    caseExact: definition.caseExact ?? false,
    mutability: definition.mutability ?? 'readWrite',
    returned: definition.name === 'id' ? 'always' : definition.name === 'password' ? 'never' : 'default',
    uniqueness: definition.name === 'userName' || definition.name === 'id' ? 'server' : 'none',
    ...(definition.sub === undefined ? {} : { subAttributes: definition.sub.map((one) => describe(one)) }),
  };
}

function listOf(resources: readonly Json[]): Json {
  return {
    schemas: [listUrn],
    totalResults: resources.length,
    itemsPerPage: resources.length,
    startIndex: 1,
    Resources: resources,
  };
}

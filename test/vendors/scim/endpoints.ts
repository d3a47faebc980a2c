import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { enterpriseUrn } from './attributes.ts';
import { parseFilter } from './filter.ts';
import { patched } from './patch.ts';
import { dressed, needsDressing, type ScimProfile } from './profile.ts';
import { parseProjection, project } from './projection.ts';
import { Refusal } from './refusal.ts';
import { normalizeResource, textOf, type Resource } from './resource.ts';
import type { Users } from './users.ts';

/** What the endpoints work on. */
export interface Service {
  readonly users: Users;
  readonly profile: ScimProfile;
  readonly pageSize: number;
}

const listParameters = ['filter', 'startIndex', 'count', 'attributes', 'excludedAttributes'];

export function listUsers(query: URLSearchParams, { users, profile, pageSize }: Service): VendorAnswer {
  checkParameters(query, listParameters);
  const filter = query.get('filter');
  const startIndex = Math.max(1, intOf(query, 'startIndex') ?? 1);
  const most = Math.min(pageSize, profile.smallerPages ?? pageSize);
  const count = Math.min(most, Math.max(0, intOf(query, 'count') ?? most));
  const projection = profile.ignoresAttributes === true ? undefined : parseProjection(query);
  const { total, texts } = users.window(
    filter === null ? undefined : parseFilter(filter),
    { inactive: profile.listHidesInactive === true, userNames: profile.unlisted },
    startIndex - 1,
    count,
    projection,
  );
  const page = needsDressing(profile) ? texts.map((text) => dressed(text, profile)) : texts;
  const head = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${String(total)}`;
  const body = `${head},"itemsPerPage":${String(texts.length)},"startIndex":${String(startIndex)},"Resources":[${page.join(',')}]}`;
  return { status: 200, headers: { 'content-type': 'application/scim+json' }, body };
}

export function createUser({ json, query }: VendorRequest, { users, profile }: Service): VendorAnswer {
  checkParameters(query, ['attributes', 'excludedAttributes']);
  const { password: _secret, ...kept } = checked(normalizeResource(json), users);
  const created = reactivated(kept, users, profile) ?? users.create(profile.keeps?.(kept, undefined) ?? kept);
  const location = textOf((created['meta'] as Resource)['location']);
  return { ...answer(201, shown(created, query, profile)), headers: { ...scimType, location } };
}

/** Whoever is there and inactive is active again, where the server does it so. */
function reactivated(resource: Resource, users: Users, profile: ScimProfile): Resource | undefined {
  const id = profile.reactivatesByPost === undefined ? undefined : users.idOf(textOf(resource['userName']));
  if (id === undefined || users.get(id)['active'] !== false) return undefined;
  if (profile.reactivatesByPost === 'itself')
    return users.replace(id, { ...users.get(id), ...resource, active: true });
  users.replace(id, { ...users.get(id), userName: `former-${id}@example.org` });
  return undefined;
}

export function oneUser({ method, json, query }: VendorRequest, id: string, service: Service): VendorAnswer {
  const { users, profile } = service;
  checkParameters(query, ['attributes', 'excludedAttributes']);
  const now = users.get(id);
  if (method === 'GET') return answer(200, shown(now, query, profile));
  if (method === 'DELETE') {
    users.delete(id);
    return { status: 204 };
  }
  if (method === 'PATCH' && profile.noPatch === true) {
    throw new Refusal(501, 'RFC 7644 §3.5.2', 'PATCH is not supported');
  }
  if (method !== 'PATCH' && method !== 'PUT') throw new Refusal(405, 'RFC 7644 §3.2', 'no such method');
  if (profile.reactivatesByPost !== undefined && now['active'] === false)
    throw new Refusal(400, 'torii.md: only active users', 'only active users can be updated', 'mutability');
  const asked = method === 'PATCH' ? patched(now, json) : normalizeResource(json);
  const { password: _secret, ...next } = checked(asked, users);
  if (profile.userNameImmutable === true && next['userName'] !== now['userName']) {
    throw new Refusal(400, 'RFC 7644 §3.5.2', 'userName cannot change', 'mutability');
  }
  if (profile.deletesInactive === true && next['active'] === false) {
    users.delete(id);
    return { status: 204 };
  }
  const kept = profile.keeps?.(next, now) ?? next;
  return answer(200, shown(users.replace(id, kept), query, profile));
}

/** A manager is somebody of this server (RFC 7643 §4.3). */
function checked(resource: Resource, users: Users): Resource {
  const manager = ((resource[enterpriseUrn] as Resource | undefined)?.['manager'] as Resource | undefined)?.[
    'value'
  ];
  if (manager !== undefined && !users.has(textOf(manager))) {
    throw new Refusal(400, 'RFC 7643 §4.3', 'manager.value must be the id of a user', 'invalidValue');
  }
  return resource;
}

const scimType = { 'content-type': 'application/scim+json' };

export function answer(status: number, body: Json): VendorAnswer {
  return { status, headers: scimType, body };
}

function shown(resource: Resource, query: URLSearchParams, profile: ScimProfile): Json {
  const projection = profile.ignoresAttributes === true ? undefined : parseProjection(query);
  const part = projection === undefined ? resource : project(resource, projection);
  return needsDressing(profile) ? (JSON.parse(dressed(JSON.stringify(part), profile)) as Json) : part;
}

function checkParameters(query: URLSearchParams, known: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of query.keys()) {
    if (!known.includes(name) || seen.has(name)) {
      throw new Refusal(
        400,
        'RFC 7644 §3.4.2',
        `the parameter "${name}" is unknown or there twice`,
        'invalidSyntax',
      );
    }
    seen.add(name);
  }
}

function intOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^-?\d+$/.test(text))
    throw new Refusal(400, 'RFC 7644 §3.4.2.4', `${name} must be an integer`, 'invalidValue');
  return Number(text);
}

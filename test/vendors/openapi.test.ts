import { expect, test, vi } from 'vitest';

import { openDocument } from './openapi.ts';
import { Document } from './openapi-document.ts';

const document = new Document('people.yaml', {
  servers: [{ url: 'https://api.example.test/v1' }],
  paths: {
    '/people': {
      parameters: [{ name: 'X-Partner', in: 'header', required: true, schema: { type: 'string' } }],
      get: {
        parameters: [
          { name: 'limit', in: 'query', required: true, schema: { type: 'integer', maximum: 100 } },
          { name: 'fields[]', in: 'query', schema: { type: 'array', items: { enum: ['name', 'email'] } } },
        ],
      },
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Person' } },
            'application/x-www-form-urlencoded': { schema: { $ref: '#/components/schemas/Person' } },
          },
        },
      },
    },
    '/people/{id}': { get: {} },
    '/people/me': { delete: {} },
    '/broken': { post: { requestBody: { content: { 'application/json': { schema: { type: 'float' } } } } } },
    '/teams/:id/move': { get: {} },
  },
  components: {
    schemas: {
      Person: {
        type: 'object',
        required: ['email', 'id'],
        properties: {
          id: { type: 'integer', readOnly: true },
          email: { type: 'string' },
          age: { type: 'integer', minimum: 0, exclusiveMinimum: true },
          boss: { nullable: true, allOf: [{ $ref: '#/components/schemas/Person' }] },
        },
      },
    },
  },
});

const headers = { 'x-partner': 'us' };

test.each([
  {
    name: 'a list',
    request: { method: 'GET', path: '/v1/people', query: 'limit=50&fields[]=name&fields[]=email' },
  },
  { name: 'one record', request: { method: 'GET', path: '/people/12' } },
  {
    name: 'a path that holds a variable after a colon',
    request: { method: 'GET', path: '/v1/teams/7/move' },
  },
  { name: 'a literal path beside a template', request: { method: 'DELETE', path: '/v1/people/me' } },
  {
    name: 'a body',
    request: { method: 'POST', path: '/v1/people', json: { email: 'a', boss: null, age: 1 } },
  },
  {
    name: 'a form, whose numbers are text',
    request: { method: 'POST', path: '/v1/people', form: 'email=a&age=3' },
  },
])('$name is allowed', ({ request }) => {
  expect(check(request)).toEqual([]);
});

test.each([
  { name: 'an unknown path', request: { method: 'GET', path: '/v1/person' }, says: 'no such path' },
  { name: 'an unknown method', request: { method: 'PUT', path: '/v1/people' }, says: 'has no PUT' },
  {
    name: 'an unknown parameter',
    request: { method: 'GET', path: '/people', query: 'limit=1&page=2' },
    says: 'page is unknown',
  },
  { name: 'a missing parameter', request: { method: 'GET', path: '/people' }, says: 'limit is missing' },
  {
    name: 'a page that is too large',
    request: { method: 'GET', path: '/people', query: 'limit=500' },
    says: '?limit',
  },
  {
    name: 'a value outside of a list',
    request: { method: 'GET', path: '/people', query: 'limit=1&fields[]=age' },
    says: '?fields[]',
  },
  { name: 'a missing body', request: { method: 'POST', path: '/people' }, says: 'body is missing' },
  {
    name: 'a body without what is required',
    request: { method: 'POST', path: '/people', json: {} },
    says: 'email',
  },
  {
    name: 'a number as text',
    request: { method: 'POST', path: '/people', json: { email: 'a', age: '3' } },
    says: 'body/age',
  },
  {
    name: 'a bound that is exclusive',
    request: { method: 'POST', path: '/people', json: { email: 'a', age: 0 } },
    says: 'body/age',
  },
  {
    name: 'a wrong record inside',
    request: { method: 'POST', path: '/people', json: { email: 'a', boss: {} } },
    says: 'body/boss',
  },
  {
    name: 'a body where none is taken',
    request: { method: 'GET', path: '/people/1', json: {} },
    says: 'takes no body',
  },
])('$name is refused', ({ request, says }) => {
  expect(check(request).join('\n')).toContain(says);
});

test('a missing header is refused', () => {
  const query = new URLSearchParams('limit=1');
  expect(document.check({ method: 'GET', path: '/people', query, headers: {} })).toEqual([
    'people.yaml: GET /people: header X-Partner is missing',
  ]);
});

test('a broken part of the document judges nobody and is listed with its reason', () => {
  expect(check({ method: 'POST', path: '/broken', json: 1 })).toEqual([]);
  expect(document.exceptions.join('\n')).toMatch(/POST \/broken application\/json: .*float/);
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly json?: unknown;
  readonly form?: string;
}

function check({ method, path, query, json, form }: Asked): string[] {
  return document.check({
    method,
    path,
    headers,
    query: new URLSearchParams(query),
    json,
    form: form === undefined ? undefined : new URLSearchParams(form),
  });
}

test('a document that is not there checks nothing, unless it is required', () => {
  vi.stubEnv('ROSTERD_REQUIRE_SHARED', '');
  expect(openDocument('nobody.yaml')).toBeUndefined();
  vi.stubEnv('ROSTERD_REQUIRE_SHARED', '1');
  expect(() => openDocument('nobody.yaml')).toThrow('nobody.yaml is missing');
  vi.unstubAllEnvs();
});

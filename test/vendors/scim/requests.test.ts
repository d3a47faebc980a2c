import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../../src/model/value.ts';
import { coreUrn, customUrn, enterpriseUrn } from './attributes.ts';
import { textOf } from './resource.ts';
import { patchOf, setScene, type Scene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.server.stop());

describe('a right request', () => {
  test.each([
    { filter: 'userName eq "ADA@example.org"', found: ['ada'] },
    { filter: 'externalId eq "E-1"', found: ['ada'] },
    { filter: 'externalId eq "e-1"', found: [] },
    { filter: 'emails.value eq "ada@home.example"', found: ['ada'] },
    { filter: 'emails[type eq "work"].value eq "ada@example.org"', found: ['ada'] },
    { filter: 'emails[type eq "work"].value eq "ada@home.example"', found: [] },
    { filter: 'emails[type eq "home" and primary eq true]', found: [] },
    { filter: 'userName EQ "ada@example.org" or active eq false', found: ['grace', 'ada'] },
    { filter: 'not (active eq false) and name.familyName pr', found: ['ada'] },
    { filter: `${enterpriseUrn}:department eq "engines"`, found: ['ada'] },
    { filter: `${customUrn}:floor eq 3`, found: ['ada'] },
    { filter: 'userName eq "x\\" or userName pr or \\""', found: [] },
  ])('finds by $filter', async ({ filter, found }) => {
    const { status, body } = await scene.ask('GET', `Users?filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(200);
    expect(body['totalResults']).toBe(found.length);
    const names = (body['Resources'] as { userName: string }[]).map((one) => one.userName.split('@')[0]);
    expect(names).toEqual(found);
  });

  test('creates, and says where', async () => {
    const { status, headers, body } = await scene.ask('POST', 'Users', {
      schemas: [coreUrn],
      userName: 'new',
      title: null,
    });
    expect(status).toBe(201);
    expect(headers['content-type']).toBe('application/scim+json');
    expect(headers['location']).toBe(`${scene.server.url}/Users/${textOf(body['id'])}`);
    expect(body).not.toHaveProperty('title');
    expect((body['meta'] as Record<string, Json>)['version']).toMatch(/^W\//);
  });

  test('pages from 1, gives no more than is left, and tells the total', async () => {
    const { body } = await scene.ask('GET', 'Users?startIndex=2&count=5');
    expect(body).toMatchObject({ totalResults: 2, itemsPerPage: 1, startIndex: 2 });
    expect((await scene.ask('GET', 'Users?count=0')).body).toMatchObject({ totalResults: 2, Resources: [] });
    expect((await scene.ask('GET', 'Users?startIndex=-4&count=1')).body).toMatchObject({
      startIndex: 1,
      itemsPerPage: 1,
    });
  });

  test('shows only what is asked for, and always the id', async () => {
    const { body } = await scene.ask(
      'GET',
      `Users/${scene.ada}?attributes=emails.value,${enterpriseUrn}:department`,
    );
    expect(Object.keys(body).toSorted()).toEqual(['emails', 'id', 'schemas', enterpriseUrn].toSorted());
    expect(body[enterpriseUrn]).toEqual({ department: 'Engines' });
    expect((await scene.ask('GET', `Users/${scene.ada}?excludedAttributes=name,id`)).body).toMatchObject({
      id: scene.ada,
    });
  });

  test('patches by path, by value filter, by URN and without a path', async () => {
    const answer = await scene.ask(
      'PATCH',
      `Users/${scene.ada}`,
      patchOf(
        { op: 'replace', path: 'name.familyName', value: 'King' },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'king@example.org' },
        { op: 'remove', path: 'emails[type eq "home"]' },
        { op: 'replace', path: `${enterpriseUrn}:department`, value: 'Looms' },
        { op: 'remove', path: `${customUrn}:floor` },
        { op: 'add', value: { nickName: 'Countess', [enterpriseUrn]: { costCenter: '7' } } },
        { op: 'add', path: 'phoneNumbers', value: [{ value: '1', type: 'work' }] },
      ),
    );
    expect(answer.body).toMatchObject({
      name: { givenName: 'Ada', familyName: 'King' },
      emails: [{ value: 'king@example.org', type: 'work', primary: true }],
      [enterpriseUrn]: { department: 'Looms', costCenter: '7', manager: { value: scene.grace } },
      nickName: 'Countess',
      phoneNumbers: [{ value: '1' }],
    });
    expect(answer.body).not.toHaveProperty([customUrn]);
    expect(answer.body['schemas']).not.toContain(customUrn);
  });

  test('a change that changes nothing keeps the version', async () => {
    const before = (await scene.ask('GET', `Users/${scene.ada}`)).body['meta'];
    const patch = patchOf({ op: 'replace', path: 'externalId', value: 'E-1' });
    expect((await scene.ask('PATCH', `Users/${scene.ada}`, patch)).body['meta']).toEqual(before);
  });

  test('a new primary takes it from the old one', async () => {
    const value = [{ value: 'new@example.org', type: 'other', primary: true }];
    const { body } = await scene.ask(
      'PATCH',
      `Users/${scene.ada}`,
      patchOf({ op: 'add', path: 'emails', value }),
    );
    expect((body['emails'] as { primary?: boolean }[]).map((one) => one.primary ?? false)).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('a replaced user loses what was not sent; a deleted one is gone, and the name is free', async () => {
    const body = { schemas: [coreUrn], userName: 'ada@example.org', password: 'never shown' };
    const put = await scene.ask('PUT', `Users/${scene.ada}`, body);
    expect(put.body).not.toHaveProperty('name');
    expect(put.body).not.toHaveProperty('password');
    expect((await scene.ask('DELETE', `Users/${scene.ada}`)).status).toBe(204);
    expect((await scene.ask('GET', `Users/${scene.ada}`)).status).toBe(404);
    expect(
      (await scene.ask('POST', 'Users', { schemas: [coreUrn], userName: 'ada@example.org' })).status,
    ).toBe(201);
  });

  test('discovery says what is true', async () => {
    expect((await scene.ask('GET', 'ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      etag: { supported: false },
    });
    expect((await scene.ask('GET', 'ResourceTypes')).body).toMatchObject({ totalResults: 1 });
    expect((await scene.ask('GET', 'Schemas')).body).toMatchObject({ totalResults: 3 });
  });
});

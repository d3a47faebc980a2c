import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { coreUrn, customUrn, enterpriseUrn } from './attributes.ts';
import { patchOf, setScene, type Scene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.server.stop());

describe('wrong requests are refused, each with the section it goes against', () => {
  const user = { schemas: [coreUrn], userName: 'new@example.org' };
  test.each([
    { name: 'no token', path: 'Users', headers: { authorization: '' }, status: 401, section: '7644 §2' },
    {
      name: 'a wrong token',
      path: 'Users',
      headers: { authorization: 'Bearer x' },
      status: 401,
      section: '7644 §2',
    },
    { name: 'another Accept', path: 'Users', headers: { accept: 'text/html' }, status: 406, section: '§8.1' },
    {
      name: 'plain JSON as body',
      method: 'POST',
      path: 'Users',
      body: user,
      headers: { 'content-type': 'application/json' },
      status: 415,
      section: '§8.1',
    },
    { name: 'an endpoint that is not there', path: 'People', status: 404, section: '§3.2' },
    { name: 'a slash at the end', path: 'Users/', status: 404, section: '§3.2' },
    { name: 'a parameter that is not known', path: 'Users?limit=3', status: 400, section: '§3.4.2' },
    { name: 'a count that is no number', path: 'Users?count=all', status: 400, section: '§3.4.2.4' },
    {
      name: 'attributes and excludedAttributes',
      path: 'Users?attributes=id&excludedAttributes=name',
      status: 400,
      section: '§3.9',
    },
    {
      name: 'an attribute to show that no schema knows',
      path: 'Users?attributes=nick',
      status: 400,
      section: '§3.10',
    },
    {
      name: 'a filter that cannot be read',
      path: 'Users?filter=userName+is+%22x%22',
      status: 400,
      section: '§3.4.2.2',
    },
    {
      name: 'a filter whose text is not closed',
      path: 'Users?filter=userName+eq+%22x',
      status: 400,
      section: '§3.4.2.2',
    },
    {
      name: 'a filter with something behind it',
      path: 'Users?filter=userName+eq+%22x%22+%22',
      status: 400,
      section: '§3.4.2.2',
    },
    {
      name: 'no user name',
      method: 'POST',
      path: 'Users',
      body: { schemas: [coreUrn] },
      status: 400,
      section: '§4.1.1',
    },
    {
      name: 'no schemas',
      method: 'POST',
      path: 'Users',
      body: { userName: 'x' },
      status: 400,
      section: '7643 §3',
    },
    {
      name: 'a schema that is not known',
      method: 'POST',
      path: 'Users',
      body: { ...user, schemas: [coreUrn, 'urn:x'] },
      status: 400,
      section: '7643 §3',
    },
    {
      name: 'an extension that is not listed',
      method: 'POST',
      path: 'Users',
      body: { ...user, [enterpriseUrn]: { department: 'x' } },
      status: 400,
      section: '§3.3',
    },
    {
      name: 'an attribute that no schema knows',
      method: 'POST',
      path: 'Users',
      body: { ...user, shoe: 1 },
      status: 400,
      section: '§3.12',
    },
    {
      name: 'a number where text belongs',
      method: 'POST',
      path: 'Users',
      body: { ...user, title: 7 },
      status: 400,
      section: '§2.3',
    },
    {
      name: 'text where a boolean belongs',
      method: 'POST',
      path: 'Users',
      body: { ...user, active: 'False' },
      status: 400,
      section: '§2.3',
    },
    {
      name: 'two primary values',
      method: 'POST',
      path: 'Users',
      body: {
        ...user,
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      status: 400,
      section: '§2.4',
    },
    {
      name: 'a manager who is nobody',
      method: 'POST',
      path: 'Users',
      body: {
        schemas: [coreUrn, enterpriseUrn],
        userName: 'x',
        [enterpriseUrn]: { manager: { value: 'no' } },
      },
      status: 400,
      section: '§4.3',
    },
    {
      name: 'a user name that is in use, in other letters',
      method: 'POST',
      path: 'Users',
      body: { ...user, userName: 'ADA@example.org' },
      status: 409,
      section: '§3.3',
    },
    { name: 'a user who is not there', path: 'Users/nobody', status: 404, section: '§3.12' },
    { name: 'a write to discovery', method: 'POST', path: 'Schemas', body: {}, status: 405, section: '§4' },
    { name: 'Me', path: 'Me', status: 501, section: '§3.11' },
  ])('$name', async ({ method = 'GET', path, body, headers = {}, status, section }) => {
    const answer = await scene.ask(method, path, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body['status']).toBe(String(status));
    expect(answer.body['detail']).toContain(section);
    expect(scene.server.size).toBe(2);
  });

  test.each([
    {
      name: 'an operation with a capital letter',
      operation: { op: 'Replace', path: 'title', value: 'x' },
      type: 'invalidSyntax',
    },
    { name: 'remove without a path', operation: { op: 'remove' }, type: 'noTarget' },
    {
      name: 'a value filter that matches nothing',
      operation: { op: 'replace', path: 'emails[type eq "other"].value', value: 'x' },
      type: 'noTarget',
    },
    {
      name: 'a list reached into without a filter',
      operation: { op: 'replace', path: 'emails.value', value: 'x' },
      type: 'invalidPath',
    },
    {
      name: 'a path that no schema knows',
      operation: { op: 'replace', path: 'shoe', value: 'x' },
      type: 'invalidPath',
    },
    {
      name: 'a read-only attribute',
      operation: { op: 'replace', path: 'id', value: 'x' },
      type: 'mutability',
    },
    {
      name: 'a part that is read-only',
      operation: { op: 'replace', path: `${enterpriseUrn}:manager.displayName`, value: 'x' },
      type: 'mutability',
    },
    { name: 'the user name taken away', operation: { op: 'remove', path: 'userName' }, type: 'mutability' },
    {
      name: 'a value of the wrong type',
      operation: { op: 'replace', path: `${customUrn}:floor`, value: '3' },
      type: 'invalidValue',
    },
    { name: 'a replace without a value', operation: { op: 'replace', path: 'title' }, type: 'invalidValue' },
    {
      name: 'a name of somebody else',
      operation: { op: 'replace', path: 'userName', value: 'Grace@example.org' },
      type: 'uniqueness',
    },
  ])('PATCH with $name changes nothing', async ({ operation, type }) => {
    const before = scene.server.users().get(scene.ada);
    const first = { op: 'replace', path: 'displayName', value: 'never kept' };
    const answer = await scene.ask('PATCH', `Users/${scene.ada}`, patchOf(first, operation));
    expect(answer.body['scimType']).toBe(type);
    expect(scene.server.users().get(scene.ada)).toEqual(before);
  });
});

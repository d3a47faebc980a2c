import { describe, expect, test } from 'vitest';
import { coreUrn, enterpriseUrn } from '../../vendors/scim/attributes.ts';
import { signal, user, withServer } from './bench.ts';

describe('what is written', () => {
  test('other addresses of somebody are kept when the one at work changes', () =>
    withServer({}, async ({ server, carryOut }) => {
      const home = { value: 'ada@home.example', type: 'home' };
      const accountId = server.add(
        user('ada', { emails: [home, { value: 'old@example.org', type: 'work', primary: true }] }),
      );
      await carryOut({ kind: 'update', accountId, set: { 'emails.work': 'new@example.org' } });
      expect(server.users().get(accountId)).toMatchObject({
        emails: [home, { value: 'new@example.org', type: 'work', primary: true }],
      });
      await carryOut({ kind: 'update', accountId, set: { 'emails.work': null } });
      expect(server.users().get(accountId)).toMatchObject({ emails: [home] });
    }));

  test('a create is one request, with every schema it uses and the generated password', () =>
    withServer({}, async ({ server, carryOut }) => {
      let sent: unknown;
      const change = (answer: { status: number }, request: { json: unknown }) => {
        sent = request.json;
        return answer;
      };
      server.loopback.fail(({ method }) => method === 'POST', { kind: 'change', change });
      const set = {
        userName: 'ada@example.org',
        password: 'S3cret',
        department: 'Engines',
        'name.givenName': 'Ada',
      };
      const [result] = await carryOut({ set });
      expect(sent).toEqual({
        schemas: [coreUrn, enterpriseUrn],
        active: true,
        userName: 'ada@example.org',
        password: 'S3cret',
        [enterpriseUrn]: { department: 'Engines' },
        name: { givenName: 'Ada' },
      });
      expect(JSON.stringify(result)).not.toContain('S3cret');
      expect(server.loopback.log).toHaveLength(1);
    }));

  test('a change of many attributes is one PATCH, without a look before where no list is touched', () =>
    withServer({}, async ({ server, carryOut }) => {
      const accountId = server.add(user('ada', { title: 'Countess' }));
      const set = { title: null, displayName: 'Ada', department: 'Engines' };
      const [result] = await carryOut({ kind: 'enable', accountId, set });
      expect(result).toMatchObject({ outcome: 'applied', accountId, received: { displayName: 'Ada' } });
      expect(server.loopback.log.map(({ method }) => method)).toEqual(['PATCH']);
    }));

  test('a create that meets our own account is looked up, not called a failure', () =>
    withServer({}, async ({ server, reader, carryOut }) => {
      const accountId = server.add(user('ada', { externalId: 'E-1' }));
      const order = { set: { userName: 'ada@example.org' }, identity: { externalId: 'E-1' } };
      const [result] = await carryOut(order);
      expect(result).toMatchObject({ outcome: 'unknown', error: { reason: 'AlreadyThere' } });
      const intent = {
        key: 'k',
        kind: 'create',
        personId: 'p',
        accountId: null,
        scope: {},
        ...order,
      } as const;
      const facts = { situation: 'unmatched', applied: '', mapping: '', counts: [] } as const;
      expect(await reader.resolve({ ...intent, ...facts }, signal)).toEqual({ state: 'done', accountId });
    }));

  test('an account that has nothing of ours but the name that is taken is somebody else’s', () =>
    withServer({}, async ({ server, carryOut }) => {
      server.add(user('ada'));
      const set = { userName: 'ada@example.org' };
      const [result] = await carryOut({ set, identity: set });
      expect(result).toMatchObject({ outcome: 'rejected', error: { reason: 'InUse', fate: 'person' } });
    }));

  test('two accounts with one identity tell nothing about which is ours', () =>
    withServer({}, async ({ server, reader }) => {
      for (const name of ['ada', 'grace']) server.add(user(name, { externalId: 'E-1' }));
      const intent = {
        key: 'k',
        kind: 'create',
        personId: 'p',
        accountId: null,
        scope: {},
        set: {},
        identity: { externalId: 'E-1' },
      } as const;
      const facts = { situation: 'unmatched', applied: '', mapping: '', counts: [] } as const;
      expect(await reader.resolve({ ...intent, ...facts }, signal)).toEqual({ state: 'unknown' });
    }));
});

describe('what is refused before a request', () => {
  test('a scope, which SCIM does not have, and an attribute that nobody declared', () =>
    withServer({}, async ({ server, reader, read }) => {
      await expect(reader.find({ attributes: [], scope: { branch: 'emea' } }, [], signal)).rejects.toThrow(
        /no scope "branch"/,
      );
      await expect(read(['shoeSize'])).rejects.toThrow(/no attribute "shoeSize"/);
      expect(server.loopback.log).toEqual([]);
    }));
});

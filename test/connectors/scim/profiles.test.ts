import { describe, expect, test } from 'vitest';
import { enterpriseUrn } from '../../vendors/scim/attributes.ts';
import { signal, user, withServer } from './bench.ts';

describe('servers of the wild', () => {
  test('pages that are smaller than asked for lose nobody', () =>
    withServer({ profile: { smallerPages: 1 }, config: { pageSize: 50 } }, async ({ server, read }) => {
      for (const name of ['ada', 'grace', 'mary']) server.add(user(name));
      expect((await read(['userName'])).map((row) => row.values[0])).toHaveLength(3);
    }));

  test('a server that shows everything whatever is asked for is read alike', () =>
    withServer({ profile: { ignoresAttributes: true } }, async ({ server, read }) => {
      server.add(user('ada', { title: 'Countess', name: { givenName: 'Ada' } }));
      expect((await read(['title', 'name.givenName']))[0]?.values).toEqual(['Countess', 'Ada']);
    }));

  test('the parameter "attributes" is left out where the profile says so', () =>
    withServer({ config: { profile: { attributesParameter: false } } }, async ({ server, read }) => {
      server.add(user('ada'));
      await read(['title']);
      expect(server.loopback.log.some((request) => request.query.includes('attributes'))).toBe(false);
    }));

  test('inactive people whom the list hides are asked for by a filter, and come once', () =>
    withServer(
      { profile: { listHidesInactive: true }, config: { profile: { listHidesInactive: true } } },
      async ({ server, read }) => {
        server.add(user('ada'));
        server.add(user('grace', { active: false }));
        const rows = await read(['userName']);
        expect(rows.map((row) => [row.values[0], row.active])).toEqual([
          ['ada@example.org', true],
          ['grace@example.org', false],
        ]);
      },
    ));

  test('nulls and empty lists are absent, and a manager may be plain text', () =>
    withServer({ profile: { nullsForUnassigned: true, managerAsText: true } }, async ({ server, read }) => {
      const boss = server.add(user('grace'));
      server.add(user('ada', { [enterpriseUrn]: { manager: { value: boss } } }));
      const rows = await read(['title', 'name.givenName', 'emails.work', 'manager']);
      expect(rows.map((row) => row.values)).toEqual([
        [undefined, undefined, undefined, undefined],
        [undefined, undefined, undefined, boss],
      ]);
      expect(rows.every((row) => row.fault === undefined)).toBe(true);
    }));

  test('a refusal with a number for its status is understood', () =>
    withServer({ profile: { numericStatus: true } }, async ({ server, carryOut }) => {
      server.add(user('ada'));
      const [result] = await carryOut({ set: { userName: 'Ada@example.org' } });
      expect(result?.outcome).toBe('unknown');
      const [other] = await carryOut({
        set: { userName: 'Ada@example.org' },
        identity: { externalId: 'E-1' },
      });
      expect(other).toMatchObject({ outcome: 'rejected', error: { reason: 'InUse', fate: 'person' } });
    }));

  test('a name that cannot change is declared, and its refusal is that person’s error', () =>
    withServer(
      { profile: { userNameImmutable: true }, config: { profile: { userNameMutable: false } } },
      async ({ server, reader, carryOut }) => {
        const accountId = server.add(user('ada'));
        expect(reader.shape.attributes.find((one) => one.name === 'userName')?.write).toBe('create');
        const [result] = await carryOut({ kind: 'update', accountId, set: { userName: 'king@example.org' } });
        expect(result).toMatchObject({ outcome: 'rejected', error: { fate: 'person' } });
        expect(result?.error?.message).toContain('mutability');
      },
    ));

  test('a user who is enabled by being created once more is the same one, as it was and as it is to be', () =>
    withServer(
      { profile: { reactivatesByPost: 'itself' }, config: { profile: { reactivateVia: 'post' } } },
      async ({ server, carryOut }) => {
        const accountId = server.add(user('ada', { active: false, title: 'Countess', nickName: 'A' }));
        const [result] = await carryOut({ kind: 'enable', accountId, set: { nickName: 'Ada' } });
        expect(result).toMatchObject({ outcome: 'applied', accountId });
        expect(server.users().size).toBe(1);
        expect(server.users().get(accountId)).toMatchObject({
          active: true,
          title: 'Countess',
          nickName: 'Ada',
          userName: 'ada@example.org',
        });
        // An earlier try has arrived: the refusal of a second one is no failure.
        expect((await carryOut({ kind: 'enable', accountId }))[0]?.outcome).toBe('applied');
      },
    ));

  test('a server that makes another user of them in place of that is not believed', () =>
    withServer(
      { profile: { reactivatesByPost: 'elsewhere' }, config: { profile: { reactivateVia: 'post' } } },
      async ({ server, carryOut }) => {
        const accountId = server.add(user('ada', { active: false }));
        const [result] = await carryOut({ kind: 'enable', accountId });
        expect(result).toMatchObject({ outcome: 'unknown', error: { reason: 'AnotherAccount' } });
      },
    ));

  test.each([
    { deactivationDeletes: 'refused', disable: false },
    { deactivationDeletes: 'accepted', disable: true },
  ])(
    'a server that deletes whoever is deactivated: $deactivationDeletes',
    ({ deactivationDeletes, disable }) =>
      withServer(
        { profile: { deletesInactive: true }, config: { profile: { deactivationDeletes } } },
        async ({ server, reader, carryOut }) => {
          const { abilities, disabling } = reader.shape;
          expect([abilities.disable, abilities.createDisabled]).toEqual([disable, undefined]);
          if (disabling !== 'deletes') {
            expect(disabling?.refused).toMatch(/deletes whoever is deactivated.*accepted in the config/);
            return;
          }
          const accountId = server.add(user('ada'));
          const order = { kind: 'disable', accountId } as const;
          expect((await carryOut(order))[0]?.outcome).toBe('applied');
          expect(server.size).toBe(0);
          // An earlier try has arrived.
          expect((await carryOut(order))[0]?.outcome).toBe('applied');
          const facts = {
            key: 'k',
            personId: 'p',
            set: {},
            identity: {},
            scope: {},
            situation: 'left',
          } as const;
          const intent = { ...order, ...facts, applied: '', mapping: '', counts: [] } as const;
          expect(await reader.resolve(intent, signal)).toEqual({ state: 'done', accountId });
        },
      ),
  );

  test('what the server does not know of the standard is not published', () =>
    withServer(
      { config: { profile: { attributes: ['userName', 'userType'] } } },
      async ({ server, reader, read }) => {
        server.add(user('ada', { userType: 'Admin' }));
        const written = reader.shape.attributes.filter(({ write }) => write !== undefined);
        expect(written.map(({ name }) => name)).toEqual(['userName', 'userType']);
        expect((await read(['userType'])).map(({ values }) => values)).toEqual([['Admin']]);
        await expect(read(['title'])).rejects.toMatchObject({ reason: 'AttributeUnknown' });
      },
    ));

  test('a server without PATCH is said by the probe, and stops an update until somebody acts', () =>
    withServer({ profile: { noPatch: true } }, async ({ server, reader, carryOut }) => {
      const accountId = server.add(user('ada'));
      expect((await reader.probe(signal)).missing.join()).toContain('does not support PATCH');
      const [result] = await carryOut({ kind: 'disable', accountId });
      expect(result).toMatchObject({
        outcome: 'rejected',
        error: { reason: 'NotSupported', fate: 'stalled' },
      });
    }));
});

import { describe, expect, test } from 'vitest';
import { haiilo } from '../../../src/connectors/haiilo/connector.ts';
import { disablingOf } from '../../../src/connectors/haiilo/disabling.ts';
import { shortfall, type Left } from '../../../src/connectors/haiilo/outcome.ts';
import { haiiloConfig } from '../../../src/connectors/haiilo/schema.ts';
import type { Intent } from '../../../src/model/order.ts';
import { accepting, signal, withAdvocacy, withIntranet } from './bench.ts';

const baseUrl = 'https://acme.haiilo.app';
const user = (name: string) => ({ userName: `${name}@example.org`, active: true });

const me = ({ path }: { readonly path: string }) => path === '/api/users/me';

describe('what a config says of disabling', () => {
  test.each([
    { config: { product: 'intranet' }, says: /deprovisionPolicy: deactivate or delete/ },
    { config: { product: 'intranet', deprovisionPolicy: 'deactivate' }, says: undefined },
    { config: { product: 'intranet', deprovisionPolicy: 'delete' }, says: /deactivationDeletes: accepted/ },
    { config: { product: 'intranet', deprovisionPolicy: 'delete', deactivateVia: 'rest' }, says: undefined },
    {
      config: { product: 'intranet', deprovisionPolicy: 'delete', deactivationDeletes: 'accepted' },
      says: 'deletes',
    },
    { config: { product: 'advocacy' }, says: /without recovery; accept that with deactivationDeletes/ },
    { config: { product: 'advocacy', ...accepting }, says: 'deletes' },
  ])('$config', ({ config, says }) => {
    const parsed = haiiloConfig.parse({ baseUrl, ...config });
    const disabling = disablingOf(parsed);
    if (says instanceof RegExp) expect(disabling).toMatchObject({ refused: expect.stringMatching(says) });
    else expect(disabling).toBe(says);
    expect(haiilo.disabling?.(parsed, 'person')).toEqual(disabling);
  });
});

describe('what is left of an account decides what came of the order', () => {
  test.each<{ kind: 'disable' | 'enable' | 'delete'; left: Left; accepted?: true; reason?: string }>([
    { kind: 'disable', left: 'inactive' },
    { kind: 'disable', left: 'active', reason: 'StillActive' },
    { kind: 'disable', left: 'gone', reason: 'DeletedInstead' },
    { kind: 'disable', left: 'gone', accepted: true },
    { kind: 'disable', left: 'inactive', accepted: true },
    { kind: 'disable', left: 'active', accepted: true, reason: 'StillActive' },
    { kind: 'enable', left: 'active' },
    { kind: 'enable', left: 'inactive', reason: 'StillInactive' },
    { kind: 'enable', left: 'gone', reason: 'AccountGone' },
    { kind: 'delete', left: 'gone' },
    { kind: 'delete', left: 'inactive', reason: 'NotDeleted' },
    { kind: 'delete', left: 'active', reason: 'NotDeleted' },
  ])('$kind, and it is $left: $reason', ({ kind, left, accepted, reason }) => {
    const failure = shortfall(kind, left, accepted === undefined ? undefined : 'deletes');
    expect(failure?.error?.reason).toBe(reason);
    expect(failure?.error?.fate).toBe(
      reason === undefined ? undefined : reason === 'DeletedInstead' ? 'stalled' : 'person',
    );
  });
});

describe('the user directory of the Intranet', () => {
  const keeps = { config: { deprovisionPolicy: 'deactivate' } };

  test('who is disabled stays, inactive, and is enabled again', () =>
    withIntranet(keeps, async ({ server, carryOut, read }) => {
      const accountId = server.add(user('ada'));
      expect((await carryOut({ kind: 'disable', accountId }))[0]?.outcome).toBe('applied');
      expect((await read('status'))[0]).toMatchObject({ active: false, values: ['inactive'] });
      expect((await carryOut({ kind: 'enable', accountId }))[0]?.outcome).toBe('applied');
      expect((await read('status'))[0]).toMatchObject({ active: true });
    }));

  test('a policy that deletes after all costs one account, and says what to do; the others are not sent', () =>
    withIntranet({ ...keeps, server: { policy: 'delete' } }, async ({ server, carryOut }) => {
      const ids = ['ada', 'grace', 'mary', 'radia'].map((name) => server.add(user(name)));
      const results = await carryOut(...ids.map((accountId) => ({ kind: 'disable', accountId }) as const));
      expect(server.users.size).toBe(3);
      expect(results.map(({ outcome }) => outcome).toSorted()).toEqual([
        'not-sent',
        'not-sent',
        'not-sent',
        'rejected',
      ]);
      expect(results.map(({ error }) => [error?.reason, error?.fate])).toEqual(
        Array.from({ length: 4 }, () => ['DeletedInstead', 'stalled']),
      );
      expect(results[0]?.error?.message).toContain('deprovisionPolicy');
    }));

  test('once it is accepted, who is disabled is gone, and who is deleted too', () =>
    withIntranet(
      {
        server: { policy: 'delete' },
        config: { deprovisionPolicy: 'delete', deactivationDeletes: 'accepted' },
      },
      async ({ server, carryOut, reader }) => {
        const [ada, grace] = [server.add(user('ada')), server.add(user('grace'))];
        const orders = [
          { kind: 'disable', accountId: ada },
          { kind: 'delete', accountId: grace },
        ] as const;
        expect((await carryOut(...orders)).map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
        expect(server.users.size).toBe(0);
        // So that a lost answer is known to be done.
        const intent = { ...orders[0], key: 'k', personId: 'p', set: {}, identity: {}, scope: {} };
        expect(await reader.resolve(intent as unknown as Intent, signal)).toMatchObject({ state: 'done' });
      },
    ));

  test('a policy that keeps them after all is said of a deletion, and is less than was feared of a disable', () =>
    withIntranet(
      { config: { deprovisionPolicy: 'delete', deactivationDeletes: 'accepted' } },
      async ({ server, carryOut }) => {
        const [ada, grace] = [server.add(user('ada')), server.add(user('grace'))];
        const [disabled, deleted] = await carryOut(
          { kind: 'disable', accountId: ada },
          { kind: 'delete', accountId: grace },
        );
        expect(disabled?.outcome).toBe('applied');
        expect(deleted).toMatchObject({ outcome: 'rejected', error: { reason: 'NotDeleted' } });
        expect(server.users.size).toBe(2);
      },
    ));

  test('an order from before the permission was taken back is not sent', () =>
    withIntranet({ config: { deprovisionPolicy: 'delete' } }, async ({ server, carryOut }) => {
      const accountId = server.add(user('ada'));
      const [result] = await carryOut({ kind: 'disable', accountId });
      expect(result).toMatchObject({ outcome: 'rejected', error: { fate: 'stalled' } });
      expect(server.loopback.log).toEqual([]);
    }));

  test('what became of an account that cannot be looked at is not known', () =>
    withIntranet(keeps, async ({ server, carryOut }) => {
      const accountId = server.add(user('ada'));
      const answer = { status: 503 };
      const times = Number.POSITIVE_INFINITY;
      server.loopback.fail(({ method }) => method === 'GET', { kind: 'answer', answer }, { times });
      expect((await carryOut({ kind: 'disable', accountId }))[0]).toMatchObject({
        outcome: 'unknown',
        error: { fate: 'waiting' },
      });
    }));
});

describe('the REST API of the Intranet', () => {
  const byRest = { config: { deprovisionPolicy: 'delete', deactivateVia: 'rest' } };

  test('deactivates, activates and deletes whatever the policy of the directory is', () =>
    withIntranet({ ...byRest, server: { policy: 'delete' } }, async ({ server, carryOut, read }) => {
      const accountId = server.add(user('ada'));
      expect((await carryOut({ kind: 'disable', accountId }))[0]?.outcome).toBe('applied');
      expect((await read('status'))[0]?.values).toEqual(['inactive']);
      const title = { title: 'Countess' };
      expect((await carryOut({ kind: 'enable', accountId, set: title }))[0]?.outcome).toBe('applied');
      expect(server.users.get(accountId)).toMatchObject({ active: true, ...title });
      expect((await carryOut({ kind: 'delete', accountId }))[0]?.outcome).toBe('applied');
      expect(server.users.size).toBe(0);
    }));

  test.each(['nobody', 'another user'])('touches nobody where it has %s under the id of SCIM', (who) =>
    withIntranet(byRest, async ({ server, carryOut }) => {
      const accountId = server.add(user('ada'));
      const body = { id: accountId, loginName: 'grace@example.org', email: 'grace@example.org' };
      server.loopback.fail(({ path }) => path === `/api/users/${accountId}`, {
        kind: 'answer',
        answer: who === 'nobody' ? { status: 404 } : { status: 200, body },
      });
      const [result] = await carryOut({ kind: 'disable', accountId });
      expect(result).toMatchObject({ outcome: 'rejected', error: { reason: 'OtherIds', fate: 'stalled' } });
      expect(server.loopback.log.filter(({ method }) => method === 'PUT')).toEqual([]);
    }),
  );

  test('whose login it is used with is protected', () =>
    withIntranet(byRest, async ({ server, read }) => {
      server.add(user('ada'));
      server.add({ userName: 'Admin@example.com', active: true });
      expect((await read('userName')).map((row) => row.protected)).toEqual([undefined, true]);
    }));

  test('is asked once who we are, and nothing is read where it does not say', () =>
    withIntranet(byRest, async ({ server, read, reader }) => {
      server.add(user('ada'));
      server.loopback.fail(me, { kind: 'answer', answer: { status: 200, body: {} } });
      await expect(read('userName')).rejects.toMatchObject({ reason: 'UnexpectedAnswer' });
      const keys = ['ada', 'grace'].map((name) => ({
        attribute: 'userName',
        value: `${name}@example.org`,
      }));
      await reader.find({ attributes: [] }, keys, signal);
      await read('userName');
      expect(server.loopback.log.filter(me)).toHaveLength(2);
    }));

  test('a wrong password stops the connection, and is named', () =>
    withIntranet(
      { ...byRest, server: { api: { id: 'api', secret: 'of-the-api', username: 'a', password: 'b' } } },
      async ({ read }) => {
        await expect(read('userName')).rejects.toMatchObject({
          fate: 'stalled',
          message: expect.stringMatching(/check its username and password/),
        });
      },
    ));

  test('a login that it refuses is named by the probe', () =>
    withIntranet(byRest, async ({ server, reader }) => {
      server.loopback.fail(({ path }) => path === '/api/users/me', {
        kind: 'answer',
        answer: { status: 403 },
      });
      expect((await reader.probe(signal)).missing.join()).toMatch(/refuses the login of "username".*right/);
    }));
});

describe('Advocacy, where whoever is deactivated is deleted', () => {
  test('nobody is disabled, and the probe says why and how to accept it', () =>
    withAdvocacy({}, async ({ reader, server, carryOut }) => {
      expect(reader.shape.abilities).toMatchObject({ disable: false, enable: false });
      expect((await reader.probe(signal)).notes?.join()).toMatch(/no account is disabled.*accepted/);
      const accountId = server.add(user('ada'));
      expect((await carryOut({ kind: 'disable', accountId }))[0]?.error?.fate).toBe('stalled');
      expect(server.loopback.writes()).toEqual([]);
    }));

  test('accepted, it is said by the probe; a deletion that the spec calls one needs no acceptance', () =>
    withAdvocacy({ config: accepting }, async ({ reader }) => {
      expect((await reader.probe(signal)).notes).toEqual([
        'disabling an account deletes it for good, without recovery; the config accepts that',
      ]);
    }).then(() =>
      withAdvocacy({}, async ({ server, carryOut }) => {
        const accountId = server.add(user('ada'));
        expect((await carryOut({ kind: 'delete', accountId }))[0]?.outcome).toBe('applied');
        expect(server.users.size).toBe(0);
      }),
    ));

  test('the owner of the token is protected, and must be named where anybody may be disabled', () =>
    withAdvocacy(
      { server: { owner: 'Owner@example.com' }, config: accepting },
      async ({ server, read, reader }) => {
        server.add(user('ada'));
        expect((await read('userName')).map((row) => row.protected)).toEqual([true, undefined]);
        const key = { attribute: 'userName', value: 'owner@example.com' };
        const [found] = await reader.find({ attributes: [] }, [key], signal);
        expect(found?.protected).toBe(true);
        const config = { product: 'advocacy', baseUrl, deactivationDeletes: 'accepted' };
        expect(haiiloConfig.safeParse(config).error?.issues[0]?.path).toEqual(['tokenOwner']);
      },
    ));
});

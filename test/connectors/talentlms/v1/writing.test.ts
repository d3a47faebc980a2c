import { afterEach, describe, expect, test } from 'vitest';
import type { Result } from '../../../../src/model/order.ts';
import { fakeClock } from '../../../contract/context.ts';
import type { Fault } from '../../../vendors/loopback.ts';
import { order, people, type Bench } from '../bench.ts';
import { noor, openPortal, resolve } from '../writing.ts';

let open: Bench | undefined;
afterEach(() => open?.portal.close());

async function portal(options: Parameters<typeof openPortal>[0] = {}): Promise<Bench> {
  open = await openPortal({ clock: fakeClock(), ...options, config: { api: 'v1', ...options?.config } });
  return open;
}

async function only(of: Bench, ...orders: Parameters<Bench['apply']>[0]): Promise<Result> {
  const [result] = await of.apply(orders);
  if (result === undefined) throw new Error('an order has a result');
  return result;
}

function paths(of: Bench, from = 0): readonly string[] {
  return of.portal.requests(from).map(({ method, path }) => `${method} ${path.replace('/api/v1/', '')}`);
}

describe('creating', () => {
  test('somebody with custom fields, in a branch, is one request; a zone and a deactivation date take another', async () => {
    const of = await portal();
    const { accountId, received } = await only(of, {
      ...noor(1, {
        timezone: 'Europe/Rome',
        deactivation_date: '2027-01-31',
        'custom.hireDate': '2025-02-03',
      }),
      scope: { branch: 'emea' },
    });
    expect(of.portal.byLogin('noor1')).toMatchObject({
      id: Number(accountId),
      timezone: 'Europe/Rome',
      deactivationDate: '2027-01-31T00:00:00+00:00',
      custom: new Map([
        [1, 'H-1'],
        [4, '2025-02-03'],
      ]),
      branches: new Set([3]),
    });
    expect(received).toMatchObject({ login: 'noor1' });
    expect(paths(of).filter((path) => path.startsWith('POST'))).toEqual(['POST usersignup', 'POST edituser']);
  });

  test('a login that a deleted user keeps is that person’s error, with the way out', async () => {
    const of = await portal({ users: people(1).map((one) => ({ ...one, custom: {} })) });
    const ghost = of.portal.byLogin('ada.okafor0');
    of.portal.users.delete(ghost.id);
    of.portal.ghosts.set(ghost.id, ghost);
    const result = await only(of, noor(1, { login: 'ada.okafor0' }));
    expect(result).toMatchObject({
      outcome: 'rejected',
      error: {
        reason: 'HeldByDeleted',
        fate: 'person',
        message: expect.stringContaining('delete them for good'),
      },
    });
  });

  test('somebody whom a repeated request made is looked up, and not called refused', async () => {
    const of = await portal();
    await of.apply([noor(1)]);
    expect(await only(of, noor(1))).toMatchObject({ outcome: 'unknown', error: { reason: 'AlreadyThere' } });
  });

  test('a password that the portal finds too weak is that person’s error', async () => {
    const of = await portal();
    expect(await only(of, noor(1, { password: 'weak' }))).toMatchObject({
      outcome: 'rejected',
      error: { message: expect.stringMatching(/not strong enough/) },
    });
  });

  test('an answer without an id is found by the login', async () => {
    const of = await portal();
    of.portal.loopback.fail(({ path }) => path.endsWith('/usersignup'), {
      kind: 'change',
      change: (answer) => ({ ...answer, body: {} }),
    });
    expect(await only(of, noor(1))).toMatchObject({ outcome: 'applied', accountId: '1' });
  });
});

describe('changing', () => {
  test('a language is not changed after the create: the portal knows no request for it', async () => {
    const of = await portal({ users: people(1).map((one) => ({ ...one, custom: {} })) });
    const result = await only(of, order({ kind: 'update', accountId: '1', set: { language: 'de' } }));
    expect(result).toMatchObject({ outcome: 'not-sent', error: { reason: 'ReadOnlyAttribute' } });
  });

  test('one who became an administrator is not touched', async () => {
    const of = await portal({
      users: people(1).map((one) => ({ ...one, custom: {}, userType: 'SuperAdmin' })),
    });
    const result = await only(of, order({ kind: 'update', accountId: '1', set: { last_name: 'Bos' } }));
    expect(result).toMatchObject({ outcome: 'not-sent', error: { reason: 'Protected' } });
    expect(of.portal.byLogin('ada.okafor0').surname).toBe('Okafor0');
  });

  test('enabling clears a deactivation date that has passed, and keeps one to come', async () => {
    const [ada] = people(1);
    if (ada === undefined) throw new Error('nobody');
    for (const [date, then] of [
      ['2026-11-01', null],
      ['2026-12-01', '2026-12-01T00:00:00+00:00'],
    ] as const) {
      const of = await portal({
        users: [{ ...ada, custom: {}, status: 'inactive', deactivationDate: `${date}T00:00:00+00:00` }],
      });
      expect((await only(of, order({ kind: 'enable', accountId: '1' }))).outcome).toBe('applied');
      expect(of.portal.byLogin(ada.login)).toMatchObject({ status: 'active', deactivationDate: then });
      await of.portal.close();
    }
  });

  test('a leaver who was deleted meanwhile, and not for good, is that person’s error', async () => {
    const of = await portal({ users: people(1).map((one) => ({ ...one, custom: {} })) });
    const ghost = of.portal.byLogin('ada.okafor0');
    of.portal.users.delete(ghost.id);
    of.portal.ghosts.set(ghost.id, ghost);
    expect(await only(of, order({ kind: 'disable', accountId: '1' }))).toMatchObject({
      outcome: 'rejected',
      error: { reason: 'AccountGone', fate: 'person' },
    });
    expect(await only(of, order({ kind: 'delete', accountId: '1' }))).toMatchObject({ outcome: 'applied' });
  });
});

describe('a change by GET', () => {
  const lost: readonly (readonly [string, Fault, number, number])[] = [
    ['after it was done is looked up and not sent again', { kind: 'lost' }, 1, 1],
    ['before it was done is looked up, then sent again', { kind: 'reset' }, 1, 2],
    ['as a web page is looked up, then sent again', { kind: 'html' }, 1, 2],
  ];
  test.each(lost)('whose answer is lost %s', async (_, fault, times, sent) => {
    const of = await portal({ users: people(1).map((one) => ({ ...one, custom: {} })) });
    of.portal.loopback.fail(({ path }) => path.includes('/usersetstatus/'), fault, { times });
    expect((await only(of, order({ kind: 'disable', accountId: '1' }))).outcome).toBe('applied');
    expect(of.portal.byLogin('ada.okafor0').status).toBe('inactive');
    const seen = paths(of).filter((path) => /usersetstatus|users\//.test(path));
    expect(seen.filter((path) => path.includes('usersetstatus'))).toHaveLength(sent);
    // Between two tries there is always a look.
    expect(seen.join(' ')).not.toMatch(/usersetstatus\S* GET usersetstatus/);
    expect(seen.some((path) => path === 'GET users/id:1')).toBe(true);
  });

  test('that never answers is given up after three tries, and told as the connection’s', async () => {
    const of = await portal({ users: people(1).map((one) => ({ ...one, custom: {} })) });
    of.portal.loopback.fail(({ path }) => path.includes('/usersetstatus/'), { kind: 'reset' }, { times: 99 });
    const given = order({ kind: 'disable', accountId: '1' });
    expect(await only(of, given)).toMatchObject({ outcome: 'unknown', error: { fate: 'waiting' } });
    expect(paths(of).filter((path) => path.includes('usersetstatus'))).toHaveLength(3);
    expect(await resolve(of, given)).toEqual({ state: 'not-done' });
  });

  test('that finds somebody in the branch already was done', async () => {
    const of = await portal({ users: people(1).map((one) => ({ ...one, custom: {}, branches: ['emea'] })) });
    const again = { ...noor(1), accountId: '1', scope: { branch: 'emea' } };
    expect(await only(of, again)).toMatchObject({ outcome: 'applied' });
  });
});

import { describe, expect, onTestFinished, test } from 'vitest';
import { torii as connector } from '../../../../src/connectors/torii/connector.ts';
import type { Order, Result } from '../../../../src/model/order.ts';
import type { Fault } from '../../../vendors/loopback.ts';
import type { Torii } from '../../../vendors/torii/state.ts';
import { account, application, openTorii } from '../bench.ts';

const never = new AbortController().signal;

async function open(more: Record<string, unknown> = {}, change: (torii: Torii) => void = () => undefined) {
  const integration = { app: application, account, licenses: [{ name: 'Pro' }], ...more };
  const { torii, context } = await openTorii({ api: 'custom-integration', customIntegration: integration });
  change(torii);
  const writer = connector.openWriter?.(context);
  const reader = connector.openReader(context);
  if (writer === undefined) throw new Error('users of an application can be written');
  onTestFinished(async () => void (await Promise.all([writer.close(), reader.close(), torii.close()])));
  const apply = async (...orders: readonly Partial<Order>[]) => {
    const results: Result[] = [];
    for await (const result of writer.apply(stream(orders), never)) results.push(result);
    return results;
  };
  const sent = () =>
    [...torii.files.values()].map(({ text }) => JSON.parse(text) as { users: { email: string }[] });
  return { torii, context, reader, apply, sent };
}

async function* stream(orders: readonly Partial<Order>[]): AsyncGenerator<Order> {
  for (const [index, order] of orders.entries()) {
    const usual = {
      kind: 'create',
      personId: 'p',
      accountId: null,
      set: {},
      identity: {},
      scope: {},
    } as const;
    yield { key: `k${index}`, ...usual, ...order };
  }
}

const create = (n: number, email = `kit.${n}@example.org`): Partial<Order> => ({
  kind: 'create',
  set: { id: `${n}`, email },
  identity: { id: `${n}` },
});

const outcomes = (results: readonly Result[]) =>
  results.map(({ outcome, error }) => error?.reason ?? outcome);
const failing = (torii: Torii, path: string, fault: Fault, times = Number.POSITIVE_INFINITY) =>
  torii.loopback.fail((request) => request.path.endsWith(path), fault, { times });

describe('whom a file is about', () => {
  test('everybody of the account, whoever brought them, and nobody of another account', async () => {
    const { torii, apply, sent } = await open();
    torii.accounts.set(457, { idApp: application, name: 'Second' });
    torii.addAppUser({ idAppAccount: account, email: 'theirs@example.org', role: 'Owner' });
    torii.addAppUser({ idAppAccount: 457, email: 'elsewhere@example.org' });
    expect(outcomes(await apply(create(1)))).toEqual(['applied']);
    expect(sent()[0]?.users.map(({ email }) => email)).toEqual(['kit.1@example.org', 'theirs@example.org']);
    expect([...torii.usersOf(account).keys()].toSorted()).toEqual([
      'kit.1@example.org',
      'theirs@example.org',
    ]);
    expect(torii.usersOf(account).get('theirs@example.org')?.role).toBe('Owner');
    expect([...torii.usersOf(457).keys()]).toEqual(['elsewhere@example.org']);
  });

  test.each<[string, Fault]>([
    [
      'that ends too early',
      { kind: 'change', change: (answer) => ({ ...answer, body: { users: [], total: 1 } }) },
    ],
    [
      'with a licence in another form',
      {
        kind: 'change',
        change: (answer) => {
          const body = answer.body as { users: object[] };
          return {
            ...answer,
            body: { ...body, users: body.users.map((one) => ({ ...one, licenses: [{ id: 1 }] })) },
          };
        },
      },
    ],
    [
      'that does not say whose users they are',
      {
        kind: 'change',
        change: (answer) => {
          const body = answer.body as { users: object[] };
          return {
            ...answer,
            body: { ...body, users: body.users.map((one) => ({ ...one, idAppAccount: null })) },
          };
        },
      },
    ],
    ['that is a web page', { kind: 'html' }],
  ])('a list %s is none: no file is made of it', async (_, fault) => {
    const { torii, apply } = await open();
    torii.addAppUser({ idAppAccount: account, email: 'theirs@example.org' });
    failing(torii, '/users', fault);
    expect(await apply(create(1))).toMatchObject([{ outcome: 'not-sent', error: { fate: 'waiting' } }]);
    expect(torii.files.size).toBe(0);
  });
});

describe('what becomes of a file', () => {
  test('it is looked for until Torii shows what it says', async () => {
    const { torii, apply, context } = await open({}, (one) => (one.syncMs = 60_000));
    const before = context.clock.now();
    expect(outcomes(await apply(create(1)))).toEqual(['applied']);
    expect(context.clock.now() - before).toBeGreaterThanOrEqual(60_000);
    expect(torii.usersOf(account).size).toBe(1);
  });

  test('one that Torii shows nothing of in time is not called done, and looking tells later', async () => {
    const { apply, reader, context } = await open({ waitSeconds: 10 }, (one) => (one.syncMs = 60_000));
    const [order] = [create(1)];
    expect(await apply(order)).toMatchObject([
      { outcome: 'unknown', error: { reason: 'SyncRunning', fate: 'waiting' } },
    ]);
    const intent = {
      key: 'k',
      personId: 'p',
      accountId: null,
      scope: {},
      situation: 'unmatched',
      applied: '',
      mapping: '',
      counts: [],
    } as const;
    const asked = () =>
      reader.resolve({ ...intent, kind: 'create', set: order.set ?? {}, identity: {} }, never);
    expect(await asked()).toEqual({ state: 'not-done' });
    await context.clock.sleep(60_000, never);
    expect(await asked()).toEqual({ state: 'done', accountId: '1' });
  });

  test('another one that is on its way is waited for, and what it changed stays', async () => {
    const { torii, apply } = await open();
    torii.addAppUser({ idAppAccount: account, email: 'gone@example.org' });
    const text = JSON.stringify({ users: [{ email: 'theirs@example.org', roles: ['Owner'] }] });
    torii.sync = { idAppAccount: account, text, doneAt: torii.now() + 45_000 };
    expect(outcomes(await apply(create(1)))).toEqual(['applied']);
    expect(torii.loopback.log.filter(({ status }) => status === 409).length).toBeGreaterThan(1);
    expect([...torii.usersOf(account).keys()].toSorted()).toEqual([
      'kit.1@example.org',
      'theirs@example.org',
    ]);
  });

  test('a file of which the answer was lost is sent again, and whoever it brought is done', async () => {
    const { torii, apply } = await open();
    failing(torii, '/sync/custom', { kind: 'lost' }, 1);
    expect(outcomes(await apply(create(1), create(2)))).toEqual(['applied', 'applied']);
    expect(torii.usersOf(account).size).toBe(2);
  });

  test('the right to look is lost after a file was taken: what became of it is not known', async () => {
    const { torii, apply } = await open();
    const answer = { status: 403, body: { message: 'no' } };
    torii.loopback.fail(
      ({ path }) => path.endsWith('/users'),
      { kind: 'answer', answer },
      { skip: 1, times: 9 },
    );
    expect(await apply(create(1))).toMatchObject([{ outcome: 'unknown', error: { fate: 'stalled' } }]);
  });

  test('one that never ends leaves everything to the next pass', async () => {
    const { torii, apply } = await open({ waitSeconds: 20 });
    torii.sync = { idAppAccount: account, text: '{"users":[]}', doneAt: Number.POSITIVE_INFINITY };
    expect(await apply(create(1), create(2))).toMatchObject([
      { outcome: 'not-sent', error: { reason: 'SyncRunning', fate: 'waiting' } },
      { outcome: 'not-sent', error: { reason: 'SyncRunning', fate: 'waiting' } },
    ]);
  });

  test('a user whom Torii names as wrong is that person’s error: the file goes again without them', async () => {
    const { torii, apply } = await open();
    const results = await apply(create(1), create(2, 'kit@localhost'), create(3));
    expect(outcomes(results).toSorted()).toEqual(['Refused', 'applied', 'applied']);
    const { error } = results.find(({ key }) => key === 'k1') ?? {};
    expect(error).toMatchObject({
      fate: 'person',
      message: expect.stringContaining('must be a valid email'),
    });
    expect(error?.message).not.toContain('localhost');
    expect([...torii.usersOf(account).keys()].toSorted()).toEqual(['kit.1@example.org', 'kit.3@example.org']);
  });

  test('a user who is left out in silence is that person’s error once the others are shown', async () => {
    const { apply } = await open({ waitSeconds: 60 }, (one) => (one.invalid = 'left-out'));
    const results = await apply(create(1), create(2, 'kit@localhost'));
    expect(outcomes(results)).toEqual(['applied', 'NotTaken']);
    expect(results[1]?.error?.fate).toBe('person');
  });

  test('somebody of the account who is wrong in Torii stops the file until a person corrects them', async () => {
    const { torii, apply } = await open();
    torii.addAppUser({ idAppAccount: account, email: 'wrong@localhost' });
    expect(await apply(create(1))).toMatchObject([
      { outcome: 'rejected', error: { reason: 'FileRefused', fate: 'stalled' } },
    ]);
  });

  test('an account that Torii does not know stops the pass', async () => {
    const { apply } = await open({ account: 999 });
    expect(await apply(create(1))).toMatchObject([
      { outcome: 'rejected', error: { reason: 'AppAccountUnknown', fate: 'stalled' } },
    ]);
  });
});

describe('a file above 3 MB', () => {
  const many = Array.from({ length: 4 }, (_, n) => ({
    ...create(n),
    set: { ...create(n).set, lastName: 'x'.repeat(900_000) },
  }));

  test('goes to the storage that the config names, without the key', async () => {
    const { torii, context } = await openTorii({ api: 'custom-integration' });
    await torii.close();
    expect(context.config.customIntegration?.uploadHost).toBeUndefined();
    const opened = await open({ uploadHost: 'storage' });
    const { host } = new URL(opened.torii.url);
    Object.assign(opened.context.config.customIntegration ?? {}, { uploadHost: host });
    expect(outcomes(await opened.apply(...many))).toEqual(['applied', 'applied', 'applied', 'applied']);
    expect(opened.torii.stored.size).toBe(1);
    expect(opened.torii.loopback.log.some(({ path }) => path === '/v1.0/files/upload')).toBe(false);
  });

  test('goes nowhere else, and says where Torii wants it', async () => {
    const { torii, apply } = await open();
    const [result] = await apply(...many);
    expect(result).toMatchObject({
      outcome: 'rejected',
      error: { reason: 'UploadHostUnknown', fate: 'stalled' },
    });
    expect(result?.error?.message).toContain(`uploadHost: ${new URL(torii.url).host}`);
    expect(torii.stored.size).toBe(0);
  });
});

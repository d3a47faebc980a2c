import { describe, expect, test } from 'vitest';
import { rest } from '../../../src/connectors/rest/connector.ts';
import type { HttpRequest } from '../../../src/http/client.ts';
import { LostAnswer } from '../../../src/http/errors.ts';
import type { Order, Result } from '../../../src/model/order.ts';
import { never, scripted, smallest, type Answer } from './scripted.ts';

const attributes = {
  name: { path: 'name.full', write: 'always' },
  floor: { path: 'desks[0].floor', sent: 'desk_floor', type: 'int', write: 'always' },
  starts: { type: 'date', write: 'always' },
  password: { write: 'create', writeOnly: true },
};
const record = { id: 'id', active: { path: 'active' }, attributes };
const create = { method: 'POST', path: 'people', id: 'person.id' };
const update = { method: 'PATCH', path: 'people/{id}' };
const gone: Answer = { answer: { status: 404, body: { message: 'The user was not found' } } };

/** One order carried out: what came of it, and what was asked. */
async function carryOut(
  write: object,
  order: Partial<Order>,
  script: (request: HttpRequest, before: number) => Answer,
  more: object = {},
): Promise<{ readonly result: Result | undefined; readonly requests: readonly HttpRequest[] }> {
  const { context, requests } = scripted({ ...smallest, record, write, ...more }, script);
  const whole: Order = {
    key: 'k',
    kind: 'update',
    personId: 'p',
    accountId: '7',
    set: {},
    identity: {},
    scope: {},
    ...order,
  };
  const results: Result[] = [];
  for await (const result of rest.openWriter?.(context).apply(one(whole), never) ?? []) results.push(result);
  return { result: results[0], requests };
}

async function* one(order: Order): AsyncGenerator<Order> {
  yield order;
}

const created = { kind: 'create', accountId: null } as const;
const bodies = (requests: readonly HttpRequest[]) =>
  requests.map(({ method, path, body }) => [
    method,
    path,
    body !== undefined && 'json' in body ? body.json : undefined,
  ]);

describe('what is sent', () => {
  test('constants, and values each at its path', async () => {
    const write = {
      create: { ...create, body: { kind: 'employee', person: { source: 'hr' } }, under: 'person' },
    };
    const set = { name: 'Ada', floor: 3, starts: '2026-12-01', password: 'secret' };
    const { result, requests } = await carryOut(write, { ...created, set }, () => ({ person: { id: 7 } }));
    expect(bodies(requests)).toEqual([
      [
        'POST',
        'people',
        {
          kind: 'employee',
          person: {
            source: 'hr',
            name: { full: 'Ada' },
            desk_floor: 3,
            starts: '2026-12-01',
            password: 'secret',
          },
        },
      ],
    ]);
    expect(result).toMatchObject({ outcome: 'applied', accountId: '7', sent: { name: 'Ada', floor: 3 } });
    expect(result?.sent).not.toHaveProperty('password');
  });

  test('a constant more for an account that cannot be used yet', async () => {
    const write = {
      create: {
        ...create,
        body: { person: { source: 'hr' } },
        under: 'person',
        disabled: { person: { active: false } },
      },
    };
    const order = { ...created, active: false, set: { name: 'Ada' } } as const;
    const { requests } = await carryOut(write, order, () => ({ person: { id: 7 } }));
    expect(bodies(requests)[0]?.[2]).toEqual({
      person: { source: 'hr', active: false, name: { full: 'Ada' } },
    });
  });

  test('the whole record with what changes, without what the system does not take back', async () => {
    const write = {
      update: {
        ...update,
        method: 'PUT',
        whole: true,
        leaveOut: ['id', 'meta.version'],
        under: 'person',
        body: { notify: false },
      },
    };
    const find = { id: { path: 'people/{id}', record: 'person' } };
    const now = {
      id: 7,
      name: { full: 'Ada', nick: 'A' },
      shoe: 43,
      meta: { version: 9, by: 'x' },
      outcome: 'fine',
    };
    const { result, requests } = await carryOut(write, { set: { name: 'Ada B' } }, () => ({ person: now }), {
      find,
    });
    expect(bodies(requests)).toEqual([
      ['GET', 'people/7', undefined],
      [
        'PUT',
        'people/7',
        {
          notify: false,
          person: { name: { full: 'Ada B', nick: 'A' }, shoe: 43, meta: { by: 'x' }, outcome: 'fine' },
        },
      ],
    ]);
    expect(result?.outcome).toBe('applied');
  });

  test('an id stays one segment of its path', async () => {
    const { requests } = await carryOut(
      { update },
      { accountId: '7/../8?x', set: { name: 'A' } },
      () => null,
    );
    expect(requests[0]).toMatchObject({ path: 'people/7%2F..%2F8%3Fx', template: 'people/{id}' });
    const { result, requests: none } = await carryOut(
      { update },
      { accountId: '..', set: { name: 'A' } },
      () => null,
    );
    expect([result?.outcome, none]).toEqual(['rejected', []]);
  });

  test('nothing, where a value is not what the attribute takes; the value is not named', async () => {
    const { result, requests } = await carryOut({ update }, { set: { starts: 'tomorrow' } }, () => null);
    expect(result).toMatchObject({ outcome: 'not-sent', error: { fate: 'person', reason: 'WrongValue' } });
    expect(result?.error?.message).toBe('starts (personal) is no date; nothing was sent');
    expect(requests).toEqual([]);
  });
});

describe('an attribute that changes with a switch', () => {
  const disable = { method: 'POST', path: 'people/{id}/off', body: { reason: 'left' } };
  const order = { kind: 'disable', set: { name: 'Ada' } } as const;

  test('goes along where the request carries it', async () => {
    const { requests } = await carryOut(
      { update, disable: { ...disable, carries: true } },
      order,
      () => null,
    );
    expect(bodies(requests)).toEqual([['POST', 'people/7/off', { reason: 'left', name: { full: 'Ada' } }]]);
  });

  test('goes ahead where it does not', async () => {
    const { requests } = await carryOut({ update, disable }, order, () => null);
    expect(bodies(requests)).toEqual([
      ['PATCH', 'people/7', { name: { full: 'Ada' } }],
      ['POST', 'people/7/off', { reason: 'left' }],
    ]);
  });

  test('and where only the first of the two was done, looking tells', async () => {
    const { result } = await carryOut({ update, disable }, order, (_, before) =>
      before === 0 ? null : refusedWith(422),
    );
    expect(result).toMatchObject({ outcome: 'unknown', accountId: '7' });
    expect(result?.error?.message).toContain('its attributes were written; then: ');
  });

  test('and where the first was refused, the second is not tried', async () => {
    const { result, requests } = await carryOut({ update, disable }, order, () => refusedWith(422));
    expect([result?.outcome, requests.length]).toEqual(['rejected', 1]);
  });
});

describe('where the new id is', () => {
  test.each<readonly [name: string, id: object | string, answer: Answer, accountId: string | undefined]>([
    ['a number in the body', 'person.id', { person: { id: 12 } }, '12'],
    [
      'the last part of a header',
      { header: 'Location' },
      { answer: { status: 201, headers: { location: 'https://api.example.org/v1/people/a%20b/?x=1' } } },
      'a b',
    ],
    ['nowhere', 'person.id', { person: {} }, undefined],
    ['a header that is missing', { header: 'Location' }, { answer: { status: 201 } }, undefined],
    [
      'a header that is cut',
      { header: 'Location' },
      { answer: { status: 201, headers: { location: '/people/%E0%A4%A' } } },
      undefined,
    ],
  ])('%s', async (_, id, answer, accountId) => {
    const { result } = await carryOut(
      { create: { ...create, id } },
      { ...created, set: { name: 'Ada' } },
      () => answer,
    );
    expect(result?.accountId).toBe(accountId);
    expect(result?.outcome).toBe(accountId === undefined ? 'unknown' : 'applied');
  });
});

describe('what an answer says of its order', () => {
  const errors = { when: [{ path: 'error' }], message: ['error.text', 'message', 'messages'] };

  test.each<readonly [name: string, answer: Answer, said: object]>([
    [
      'an error with 200',
      { error: { text: 'The email is already in use by ada@example.org' } },
      {
        outcome: 'rejected',
        error: {
          reason: 'Refused',
          fate: 'person',
          message: 'api.example.org refused it (200): "The email is already in use by …"',
        },
      },
    ],
    [
      'a refusal with words',
      { answer: { status: 422, body: { messages: ['The name is invalid', 'Ada is not allowed'] } } },
      {
        outcome: 'rejected',
        error: {
          reason: 'Refused',
          message: 'api.example.org refused it (422): "The name is invalid; … is not allowed"',
        },
      },
    ],
    [
      'a refusal of what is taken',
      { answer: { status: 400, body: { message: 'The name must be unique' } } },
      { outcome: 'rejected', error: { reason: 'AlreadyExists' } },
    ],
    [
      'a refusal without words',
      refusedWith(400),
      { outcome: 'rejected', error: { message: 'api.example.org refused it (400)' } },
    ],
    [
      'an account that is gone',
      gone,
      { outcome: 'rejected', error: { reason: 'AccountGone', fate: 'person' } },
    ],
    [
      'a method that is not taken',
      refusedWith(405),
      { outcome: 'rejected', error: { reason: 'NotSupported', fate: 'stalled' } },
    ],
    [
      'a success that is not declared',
      { answer: { status: 202, body: {} } },
      { outcome: 'unknown', error: { reason: 'UnexpectedAnswer', fate: 'person' } },
    ],
    ['nothing in the body', null, { outcome: 'applied', accountId: '7' }],
  ])('%s', async (_, answer, said) => {
    const { result } = await carryOut({ update }, { set: { name: 'Ada' } }, () => answer, { errors });
    expect(result).toMatchObject(said);
  });

  test('a place where nobody can be created stops everybody, with the way out', async () => {
    const { result } = await carryOut({ create }, { ...created, set: { name: 'Ada' } }, () => gone);
    expect(result?.error).toMatchObject({ reason: 'NotFound', fate: 'stalled' });
    expect(result?.error?.message).toContain('correct write.create.path');
  });

  test('whoever is gone is deleted', async () => {
    const write = { delete: { path: 'people/{id}' } };
    const { result, requests } = await carryOut(write, { kind: 'delete' }, () => gone);
    expect(result).toMatchObject({ outcome: 'applied', accountId: '7' });
    expect(bodies(requests)).toEqual([['DELETE', 'people/7', undefined]]);
  });

  test.each(['update', 'enable', 'disable', 'delete'] as const)(
    '%s without a request for it is not supported',
    async (kind) => {
      const { result, requests } = await carryOut({ create }, { kind }, () => null);
      expect(result).toMatchObject({ outcome: 'rejected', error: { reason: 'NotSupported' } });
      expect(result?.error?.message).toContain(`declare write.${kind}`);
      expect(requests).toEqual([]);
    },
  );
});

describe('how often a write may be sent', () => {
  test.each<readonly [write: object, order: Partial<Order>, effect: string, outcome: string]>([
    [{ create }, { ...created, set: { name: 'A' } }, 'once', 'unknown'],
    [
      { create: { ...create, effect: 'repeatable' } },
      { ...created, set: { name: 'A' } },
      'repeatable',
      'unknown',
    ],
    [{ update }, { set: { name: 'A' } }, 'repeatable', 'unknown'],
    [{ update: { ...update, effect: 'once' } }, { set: { name: 'A' } }, 'once', 'unknown'],
    [{ delete: { path: 'people/{id}' } }, { kind: 'delete' }, 'repeatable', 'unknown'],
  ])('%o', async (write, order, effect, outcome) => {
    const { requests } = await carryOut(write, order, () => ({ person: { id: 7 } }));
    expect(requests.map((request) => request.effect)).toEqual([effect]);
    expect((await carryOut(write, order, lost)).result?.outcome).toBe(outcome);
  });

  test('an answer whose body is not looked at', async () => {
    const write = { update: { ...update, answer: 'none' } };
    const { requests } = await carryOut(write, { set: { name: 'A' } }, () => null);
    expect(requests[0]?.expect).toBe('none');
  });
});

function refusedWith(status: number): Answer {
  return { answer: { status, body: {} } };
}

function lost(): Answer {
  throw new LostAnswer('contract', 'lost');
}

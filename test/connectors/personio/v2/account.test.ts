import { expect, test } from 'vitest';
import { company } from './company.ts';

const versions = ['v1', 'v2'] as const;

test.each(versions)(
  '%s: a company is known by its oldest legal entity, whatever comes later',
  async (api) => {
    const { server, reader, signal } = await company({ config: { api, perMinute: undefined } });
    expect(await reader.account?.(signal)).toBe('legal-entity-170');
    server.v2.legalEntities.unshift({ id: '99', name: 'New Example SL', country: 'ES' });
    expect(await reader.account?.(signal)).toBe('legal-entity-170');
    server.v2.legalEntities.splice(0, 3, { id: '4201', name: 'Another Company Ltd', country: 'IE' });
    expect(await reader.account?.(signal)).toBe('legal-entity-4201');
  },
);

test('one of more than a page of them, too', async () => {
  const { server, reader, signal, asked } = await company();
  for (let id = 1000; id < 1120; id += 1)
    server.v2.legalEntities.unshift({ id: String(id), name: `Example ${id}` });
  expect(await reader.account?.(signal)).toBe('legal-entity-170');
  expect(asked()).toEqual(['/v2/legal-entities', '/v2/legal-entities']);
});

test.each(versions)('%s: credentials without that right do not tell, and read all the same', async (api) => {
  const { server, reader, signal, readAll } = await company({ config: { api, perMinute: undefined } });
  server.v2.tokens.scopes.delete('personio:legal-entities:read');
  expect(await reader.account?.(signal)).toBeUndefined();
  server.v2.legalEntities.splice(0);
  server.v2.tokens.scopes.add('personio:legal-entities:read');
  expect(await reader.account?.(signal)).toBeUndefined();
  expect((await readAll('email')).rows).toHaveLength(6);
});

const refuse = ({ server }: Awaited<ReturnType<typeof company>>) =>
  server.loopback.fail(({ path }) => path === '/v2/auth/token', {
    kind: 'answer',
    answer: { status: 400, body: { error: 'unauthorized_client' } },
  });

test('credentials that v2 does not know are told apart only by who reads v2', async () => {
  const [one, two] = [await company({ config: { api: 'v1', perMinute: undefined } }), await company()];
  refuse(one);
  refuse(two);
  expect(await one.reader.account?.(one.signal)).toBeUndefined();
  await expect(two.reader.account?.(two.signal)).rejects.toMatchObject({ reason: 'AuthenticationFailed' });
});

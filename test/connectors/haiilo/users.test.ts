import { describe, expect, test } from 'vitest';
import { haiilo } from '../../../src/connectors/haiilo/connector.ts';
import { catalogOf, connectors } from '../../../src/connectors/registry.ts';
import { signal, withAdvocacy, withIntranet } from './bench.ts';

const urn = 'urn:haiilo:params:scim:schemas:extension:profile:2.0:User';
const profileFields = ['department', 'salaryBand'];

describe('profile fields of the Intranet', () => {
  test.each([
    { name: 'described beside userName', server: { describes: true }, key: 'profileField_' },
    {
      name: 'described in an extension',
      server: { describes: true, profileFieldsUrn: urn },
      key: `${urn}:profileField_`,
    },
    { name: 'seen beside userName', server: {}, key: 'profileField_' },
    { name: 'seen in an extension', server: { profileFieldsUrn: urn }, key: `${urn}:profileField_` },
  ])('$name: found by a probe, and saved they are written where they stand', ({ server, key }) =>
    withIntranet({ server: { profileFields, ...server } }, async ({ server: there, reader }) => {
      const held = { profileField_department: 'Engines', profileField_salaryBand: '7' };
      const inPlace = key.startsWith('urn:') ? { [urn]: held } : held;
      there.add({ userName: 'ada@example.org', active: true, ...inPlace });
      const { fields } = await reader.probe(signal);
      const found = fields.filter(({ name }) => name.startsWith('custom.'));
      expect(found.map(({ name, key: at, class: of, write }) => [name, at, of, write])).toEqual([
        ['custom.department', `${key}department`, 'personal', 'always'],
        ['custom.salaryBand', `${key}salaryBand`, 'sensitive', 'always'],
      ]);
      await withIntranet({ server: { profileFields, ...server }, fields }, async (saved) => {
        const set = { userName: 'grace@example.org', 'custom.department': 'Compilers' };
        const [result] = await saved.carryOut({ set });
        expect(result?.outcome).toBe('applied');
        expect((await saved.read('custom.department'))[0]?.values).toEqual(['Compilers']);
      });
    }),
  );

  test('declared in the config, they need no probe', () =>
    withIntranet(
      {
        server: { profileFields, profileFieldsUrn: urn },
        config: { profileFields: [{ name: 'department', class: 'internal' }], profileFieldsUrn: urn },
      },
      async ({ server, reader, carryOut }) => {
        expect(reader.shape.attributes.find(({ name }) => name === 'custom.department')?.class).toBe(
          'internal',
        );
        const accountId = server.add({ userName: 'ada@example.org', active: true });
        await carryOut({ kind: 'update', accountId, set: { 'custom.department': 'Engines' } });
        expect(server.users.get(accountId)).toMatchObject({ [urn]: { profileField_department: 'Engines' } });
      },
    ));
});

describe('people of Advocacy', () => {
  const ada = { userName: 'ada@example.org', country: 'Finland', locality: 'HELSINKI' } as const;

  test.each(['addresses', 'user'] as const)(
    'nothing is sent that Advocacy does not know, with places in %s',
    (addressPlace) =>
      withAdvocacy(
        { server: { addressPlace }, config: { addressPlace } },
        async ({ server, carryOut, read }) => {
          const set = { ...ada, 'name.givenName': 'Ada', 'name.familyName': 'King', region: 'Uusimaa' };
          const [created] = await carryOut({ set });
          await carryOut({
            kind: 'update',
            accountId: created?.accountId ?? '',
            set: { country: 'Germany' },
          });
          expect((await read('country', 'region'))[0]?.values).toEqual(['Germany', 'Uusimaa']);
          expect(server.sideEffects).toEqual([]);
        },
      ),
  );

  test('what Advocacy does not know is not offered', () =>
    withAdvocacy({}, async ({ reader, read }) => {
      const written = reader.shape.attributes.filter(({ write }) => write !== undefined);
      expect(written.map(({ name }) => name)).toEqual([
        'userName',
        'name.givenName',
        'name.familyName',
        'country',
        'locality',
        'region',
      ]);
      await expect(read('externalId')).rejects.toMatchObject({ reason: 'AttributeUnknown' });
    }));

  test('a team that others have written in another case is no difference; a country would be', () =>
    withAdvocacy({}, async ({ server, carryOut, read, reader }) => {
      await carryOut({ set: { ...ada, userName: 'grace@example.org', locality: 'Helsinki' } });
      await carryOut({ set: ada });
      const seen = (await read('locality')).map(({ values }) => values[0]);
      expect(seen).toEqual(['Helsinki', 'Helsinki']);
      expect(reader.shape.canonical('locality')?.('HELSINKI')).toBe('helsinki');
      expect(reader.shape.canonical('country')).toBeUndefined();
      expect(server.users.size).toBe(2);
    }));

  test.each([
    { country: 'finland', says: /differs from one of them in case alone/ },
    { country: 'Sweden', says: /is none of them/ },
  ])('the country $country is not sent where the groups are known', ({ country, says }) =>
    withAdvocacy({ config: { countries: ['Finland', 'Germany'] } }, async ({ server, carryOut }) => {
      const [result] = await carryOut({ set: { ...ada, country } });
      expect(result).toMatchObject({ outcome: 'rejected', error: { fate: 'person' } });
      expect(result?.error?.message).toMatch(says);
      expect(result?.error?.message).not.toContain(country);
      expect(server.loopback.log).toEqual([]);
    }),
  );

  test('a token without the word Bearer, where the config says so', () =>
    withAdvocacy({ config: { tokenPrefix: 'none' } }, async ({ read }) => {
      await expect(read('userName')).rejects.toMatchObject({ reason: 'AuthenticationFailed' });
    }));

  test('somebody is found by their address with a filter, by anything else in the whole list', () =>
    withAdvocacy({}, async ({ server, reader }) => {
      for (const name of ['ada', 'grace', 'mary']) {
        server.add({ userName: `${name}@example.org`, active: true, name: { familyName: name } });
      }
      expect([reader.looksUp?.('userName'), reader.looksUp?.('name.familyName')]).toEqual([true, false]);
      const find = async (attribute: string, value: string) =>
        (await reader.find({ attributes: ['userName'] }, [{ attribute, value }], signal)).map(
          ({ values }) => values[0],
        );
      expect(await find('userName', 'Grace@example.org')).toEqual(['grace@example.org']);
      expect(server.loopback.log.every(({ query }) => query.includes('userName'))).toBe(true);
      expect(await find('name.familyName', 'mary')).toEqual(['mary@example.org']);
      expect(server.loopback.log.some(({ query }) => query.includes('familyName'))).toBe(false);
    }));
});

describe('a connection to Haiilo', () => {
  const facts = catalogOf(connectors).connectors.get('haiilo');
  const faults = (config: object) => {
    const parsed = facts?.parseConfig({ baseUrl: 'https://acme.haiilo.app', ...config });
    return parsed !== undefined && 'faults' in parsed ? parsed.faults.map(({ message }) => message) : [];
  };
  const needed = (config: object) => {
    const parsed = facts?.parseConfig({ baseUrl: 'https://acme.haiilo.app', ...config });
    if (parsed === undefined || !('config' in parsed)) throw new Error('the config was refused');
    return haiilo.credentials
      .filter(({ name }) => {
        const required = facts?.credentials.find((one) => one.name === name)?.required;
        return typeof required === 'function' && required(parsed.config);
      })
      .map(({ name }) => name);
  };

  test('needs the credentials of its product', () => {
    expect(needed({ product: 'advocacy' })).toEqual(['token']);
    expect(needed({ product: 'intranet' })).toEqual(['clientId', 'clientSecret']);
    expect(needed({ product: 'intranet', deactivateVia: 'rest' })).toHaveLength(6);
  });

  test('must say which product it is, and has that product’s keys', () => {
    expect(faults({})).toEqual([
      expect.stringMatching(/^"product" is not what it must be: one of intranet, advocacy/),
    ]);
    expect(faults({ product: 'smarp' })).toEqual([expect.stringMatching(/^"product"/)]);
    expect(faults({ product: 'advocacy', profileFields: [] })).toEqual([
      '"profileFields" is not a key of this connector\'s config',
    ]);
  });
});

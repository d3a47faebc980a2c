import { describe, expect, test } from 'vitest';
import { catalogOf, connectors } from '../../src/connectors/registry.ts';

const catalog = catalogOf(connectors);

const faults = (connector: string, config: unknown) => {
  const parsed = catalog.connectors.get(connector)?.parseConfig(config);
  if (parsed === undefined || !('faults' in parsed)) throw new Error('the config was taken');
  return parsed.faults.map(({ path, code, message, suggestion }) => {
    const at = `${path.join('.')}: ${code}: ${message}`;
    return suggestion === undefined ? at : `${at}; ${suggestion}`;
  });
};

describe('the registry', () => {
  test('each connector is found under its own name', () => {
    expect([...connectors.keys()]).toEqual([
      'personio',
      'bamboohr',
      'talentlms',
      'talenthr',
      'torii',
      'scim',
      'haiilo',
      'csv',
      'merge',
      'workday',
      'rest',
      'apideck',
      'optio',
      'talos-perform',
    ]);
    for (const [name, connector] of connectors) expect(connector.name).toBe(name);
  });

  test('whoever can be a target can be written to, and nobody else', () => {
    for (const connector of connectors.values()) {
      expect(connector.openWriter !== undefined).toBe(connector.target);
    }
  });

  test('published names are said once, and every required credential says what it is about', () => {
    for (const connector of connectors.values()) {
      expect(connector.credentials.every(({ about }) => about !== '')).toBe(true);
    }
    const scim = catalog.connectors.get('scim');
    const names =
      scim?.attributes({ baseUrl: 'https://scim.example.org/v2' }, 'person')?.map(({ name }) => name) ?? [];
    expect(names).toContain('emails.work');
    expect(new Set(names).size).toBe(names.length);
  });

  test('a config that fits comes back whole, and says which hosts it leads to', () => {
    const scim = catalog.connectors.get('scim');
    const parsed = scim?.parseConfig({ baseUrl: 'http://127.0.0.1:8080/scim/v2' });
    expect(parsed).toMatchObject({ config: { pageSize: 200, profile: { userNameMutable: true } } });
    expect(scim?.hosts({ baseUrl: 'http://127.0.0.1:8080/scim/v2' })).toEqual(['127.0.0.1:8080']);
  });

  test('every fault of a config is told at once, at its key', () => {
    expect(
      faults('scim', { pageSize: 0, baseURL: 'https://x.example', profile: { listHides: true } }),
    ).toEqual([
      'baseUrl: spec/missing-key: "baseUrl" is missing in the config of this connection',
      'pageSize: spec/value: "pageSize" is not what it must be: Too small: expected number to be >=1',
      'profile.listHides: spec/unknown-key: "listHides" is not a key of this connector\'s config; it may be one of attributes, attributesParameter, deactivationDeletes, listHidesInactive, reactivateVia, userNameMutable',
      'baseURL: spec/unknown-key: "baseURL" is not a key of this connector\'s config; did you mean "baseUrl"?',
    ]);
  });

  test('of a choice, the faults of the option that was meant', () => {
    expect(faults('csv', { id: 'id', file: { env: 'HR' } })).toEqual([
      'file.path: spec/missing-key: "path" is missing in the config of this connection',
    ]);
    expect(faults('csv', { id: 'id', file: 7 })[0]).toMatch(/^file: spec\/type/);
  });

  test('a key of an option that was not chosen is told so, and not as a slip of the keyboard', () => {
    const advocacy = { product: 'advocacy', baseUrl: 'https://acme.example', deprovisionPolicy: 'delete' };
    expect(faults('haiilo', advocacy)).toEqual([
      'deprovisionPolicy: spec/unknown-key: "deprovisionPolicy" is not a key of this connector\'s config; it goes with product: intranet',
    ]);
  });

  test('no config at all lacks what it must have', () => {
    expect(faults('csv', undefined).map((fault) => fault.split(':')[0])).toEqual(['id']);
    expect(faults('csv', { id: 'id' })[0]).toMatch(
      /^file: .*name its file, or the one on a server under sftp/,
    );
  });

  test('a config of another kind is never opened', () => {
    expect(() => connectors.get('scim')?.hosts({ file: 'people.csv' })).toThrow('baseUrl');
  });
});

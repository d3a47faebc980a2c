import { afterEach, describe, expect, test } from 'vitest';
import type { Key } from '../../../src/model/row.ts';
import type { SeedUser } from '../../vendors/talentlms/state.ts';
import { find, openBench, people, type Bench } from './bench.ts';

let open: Bench | undefined;
afterEach(() => open?.portal.close());

async function bench(options: Parameters<typeof openBench>[0] = {}): Promise<Bench> {
  open = await openBench(options);
  return open;
}

const noor: SeedUser = {
  login: 'Noor.Jansen',
  name: 'Noor',
  surname: 'Jansen',
  email: 'Noor.Jansen@Example.org',
  locale: 'nl-NL',
};

describe('looking somebody up', () => {
  test.each<[string, Key]>([
    ['their id', { attribute: 'id', value: '2' }],
    ['their login in another case', { attribute: 'login', value: 'noor.jansen' }],
    ['their e-mail in another case', { attribute: 'email', value: 'noor.jansen@example.org' }],
    ['their last name', { attribute: 'last_name', value: 'Jansen' }],
    ['a custom field', { attribute: 'custom.hris_id', value: 'H-1' }],
    ['what has no filter', { attribute: 'language', value: 'nl-BE' }],
  ])('by %s finds them, inactive or not', async (_, key) => {
    const customFields = [
      { name: 'city', type: 'text' as const },
      { name: 'hris_id', type: 'text' as const },
    ];
    const of = await bench({
      customFields,
      users: [
        { ...people(1)[0], custom: { hris_id: 'H-2', city: 'H-1' } } as SeedUser,
        { ...noor, status: 'inactive', custom: { hris_id: 'H-1' } },
      ],
    });
    expect(await find(of, [key])).toEqual([{ id: '2', active: false, values: ['Noor.Jansen'] }]);
  });

  test('by two keys that lead to one account gives it once', async () => {
    const of = await bench({ users: [noor] });
    const keys = [
      { attribute: 'login', value: 'Noor.Jansen' },
      { attribute: 'id', value: '1' },
    ];
    expect(await find(of, keys)).toHaveLength(1);
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { never } from '../bench.ts';
import { openSchool, type School } from './bench.ts';

let open: School | undefined;
afterEach(() => open?.close());

describe.each(['v1', 'v2'] as const)('courses by API %s', (api) => {
  test('have the same names in both APIs', async () => {
    open = await openSchool(api, 'course');
    const { rows, receipt } = await open.read(['id', 'name', 'code', 'category', 'description', 'status']);
    expect(rows).toEqual([
      { id: '1', active: true, values: ['1', 'Fire & safety', 'FS-1', 'Health', "What's hot", 'active'] },
      { id: '2', active: false, values: ['2', 'First aid', null, null, null, 'inactive'] },
    ]);
    expect(receipt).toMatchObject({ records: 2, total: 2, end: expect.stringContaining('total reached') });
  });

  test('cost no request for categories that nobody wants', async () => {
    open = await openSchool(api, 'course');
    await open.read(['code']);
    expect(open.asked()).not.toContain('GET categories');
  });

  test('are found by their code', async () => {
    open = await openSchool(api, 'course');
    const found = await open.reader.find(
      { attributes: ['name'] },
      [{ attribute: 'code', value: 'FS-1' }],
      never,
    );
    expect(found).toEqual([{ id: '1', active: true, values: ['Fire & safety'] }]);
  });

  test('are matched and never made', async () => {
    open = await openSchool(api, 'course');
    expect(open.reader.shape.abilities).toMatchObject({ create: false, update: false, delete: false });
    const result = await open.apply({ kind: 'create', set: { name: 'Lifting' } });
    expect(result).toMatchObject({ outcome: 'not-sent', error: { reason: 'CannotWrite', fate: 'person' } });
  });

  test('have no attribute that they have not', async () => {
    open = await openSchool(api, 'course');
    await expect(open.read(['price'])).rejects.toMatchObject({ reason: 'UnknownAttribute', fate: 'stalled' });
  });

  test('in a list that is short are no reading', async () => {
    open = await openSchool(api, 'course');
    open.portal.loopback.fail(({ path }) => path.endsWith('/courses'), {
      kind: 'change',
      change: (answer) => ({ ...answer, body: withoutFirst(answer.body) }),
    });
    await expect(open.read(['code'])).rejects.toMatchObject({ reason: 'UnexpectedAnswer', fate: 'waiting' });
  });
});

function withoutFirst(body: unknown): unknown {
  if (Array.isArray(body)) return body.slice(1);
  return { ...(body as object), _data: [] };
}

import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { csv } from '../../../src/connectors/csv/connector.ts';
import { guarded, unguarded } from '../../../src/connectors/csv/formulas.ts';
import { publish, stampOf } from '../../../src/connectors/csv/publish.ts';
import { csvConfig } from '../../../src/connectors/csv/schema.ts';
import type { Intent, Order, Result } from '../../../src/model/order.ts';
import type { Row } from '../../../src/model/row.ts';
import { testContext } from '../../contract/context.ts';

const patience = new AbortController().signal;

const enrolments = {
  id: ['user', 'course'],
  write: { create: true, active: 'counts' },
  columns: { user: {}, course: {}, progress: { type: 'decimal' }, note: {} },
};

/** A list in a folder of its own, with what is in it to begin with. */
async function list(content: string | Buffer | undefined, config: object = enrolments) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-csv-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'list.csv');
  if (content !== undefined) await writeFile(file, content, { mode: 0o640 });
  const parsed = csvConfig.parse({ file: 'list.csv', ...config });
  const context = testContext({ config: parsed, files: () => file, entity: 'enrollment' });
  const [reader, writer] = [csv.openReader(context), csv.openWriter?.(context)];
  if (writer === undefined) throw new Error('a list can be written');
  const apply = async (...orders: Partial<Order>[]) => {
    const results: Result[] = [];
    for await (const result of writer.apply(stream(orders.map(orderOf)), patience)) results.push(result);
    return results;
  };
  const rows = async (attributes: readonly string[]) => {
    const found: Row[] = [];
    for await (const batch of reader.read({ attributes }, patience)) found.push(...batch);
    return found;
  };
  return { folder, file, reader, apply, rows, text: () => readFile(file, 'utf8') };
}

async function asked(config: object, text: string, id: string): Promise<readonly string[]> {
  const { reader } = await list(text, config);
  const found = await reader.find({ attributes: [] }, [{ attribute: 'id', value: id }], patience);
  return found.map((row) => row.id);
}

function orderOf(order: Partial<Order>, index: number): Order {
  const usual = { kind: 'update', personId: 'p', accountId: null, set: {}, identity: {}, scope: {} } as const;
  return { ...usual, key: `intent-${index}`, ...order };
}

async function* stream(orders: readonly Order[]) {
  yield* orders;
}

describe('a list that is written', () => {
  test('is made with its header where the config says so, and only for its owner to read', async () => {
    const { apply, file, text } = await list(undefined);

    const [result] = await apply({ kind: 'create', set: { user: '70', course: '11', progress: 40.5 } });

    expect(result).toMatchObject({ outcome: 'applied', accountId: '70/11' });
    expect(await text()).toBe('user,course,progress,note,counts\n70,11,40.5,,true\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('that is not there is not made where the config does not say so', async () => {
    const { apply, folder } = await list(undefined, { ...enrolments, write: {} });

    const [result] = await apply({ kind: 'create', set: { user: '70', course: '11' } });

    expect(result).toMatchObject({
      outcome: 'not-sent',
      error: { fate: 'stalled', reason: 'FileUnreadable' },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('keeps what is not ours as it is: columns, order, line ends, byte order mark, rights', async () => {
    const before =
      '\uFEFFowner,counts,course,user,progress,note\r\nHR,yes,11,70,40,"a, b"\r\nIT,no,12,70,=1,\r\n';
    const { apply, file, text } = await list(before);

    await apply({ accountId: '70/11', set: { progress: 55 } });

    expect(await text()).toBe(before.replace(',40,', ',55,'));
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });

  test('holds what a spreadsheet would run as text, which is read back as it was', async () => {
    const notes = [
      '=HYPERLINK("x")',
      '+49 30 1',
      '-1',
      '@x',
      '\t=1',
      "'=1",
      "'tis",
      "''-",
      '＝1',
      '\r\n=1',
      'a;=1',
    ];
    const { apply, rows, text } = await list('user,course,progress,note,counts\n');

    await apply(
      ...notes.map((note, index) => ({
        kind: 'create' as const,
        set: { user: String(index), course: '1', note },
      })),
    );

    expect((await rows(['note'])).map(({ values }) => values[0])).toEqual(notes);
    expect(await text()).toContain(`"'=HYPERLINK(""x"")"`);
    expect(await text()).toContain(`'+49 30 1`);
    expect(await text()).toContain(`,'tis,`);
    expect(await text()).toContain('"a;=1"');
    expect(notes.map((note) => unguarded(guarded(note)))).toEqual(notes);
  });

  test('is left plain for a machine where the config says so', async () => {
    const plain = { ...enrolments, write: { formulas: 'plain' } };
    const { apply, rows, text } = await list('user,course,progress,note\n', plain);

    await apply({ kind: 'create', set: { user: '1', course: '2', note: '+49 30 1' } });

    expect(await text()).toContain('1,2,,+49 30 1\n');
    expect((await rows(['note']))[0]?.values).toEqual(['+49 30 1']);
  });

  test('finds a row whose parts hold slashes, and takes it for no other', async () => {
    const { apply, rows } = await list('user,course,progress,note,counts\na/b,c,1,,\na,b/c,2,,\n');

    expect((await rows(['progress'])).map(({ id }) => id)).toEqual(['a%2Fb/c', 'a/b%2Fc']);
    const [result] = await apply({ accountId: 'a/b%2Fc', set: { progress: 3 } });

    expect(result?.outcome).toBe('applied');
    expect((await rows(['progress'])).map(({ values }) => values[0])).toEqual([1, 3]);
  });

  test('a row is looked up by its id, also where a column of that name holds numbers or something else', async () => {
    const numbered = { id: 'id', columns: { id: { type: 'int' } } };
    const other = { id: ['user', 'course'], columns: { id: {} } };

    expect(await asked(numbered, 'id\n7\n8\n', '8')).toEqual(['8']);
    expect(await asked(other, 'id,user,course\nx,7,1\ny,8,1\n', '8/1')).toEqual(['8/1']);
  });

  test('says which rows count; one that says nothing does', async () => {
    const { rows } = await list(
      'user,course,progress,note,counts\n1,1,,,yes\n2,1,,,NO\n3,1,,,\n4,1,,,perhaps\n',
    );

    expect((await rows([])).map(({ active, fault }) => active ?? fault)).toEqual([
      true,
      false,
      true,
      'counts (internal) is no bool',
    ]);
  });

  test('a row begins without counting where it is ordered so', async () => {
    const { apply, rows } = await list(undefined);

    await apply({ kind: 'create', active: false, set: { user: '1', course: '1' } });

    expect((await rows([]))[0]?.active).toBe(false);
  });
});

describe('one row’s own error', () => {
  const header = 'user,course,progress,note,counts\n';

  test.each([
    {
      name: 'a word that would be read back as nothing',
      config: { ...enrolments, nulls: ['', 'n/a'] },
      order: { accountId: '1/1', set: { note: 'n/a' } },
      says: '"note" has a value that is no text here',
    },
    {
      name: 'a character that the file does not have',
      config: { ...enrolments, encoding: 'windows-1252' },
      order: { accountId: '1/1', set: { note: 'Łukasz' } },
      says: '"note" has a character that windows-1252 does not have',
    },
    {
      name: 'half a character',
      config: enrolments,
      order: { accountId: '1/1', set: { note: 'x\uD83D' } },
      says: '"note" has a character that utf-8 does not have',
    },
    {
      name: 'a number too large to be read back',
      config: enrolments,
      order: { accountId: '1/1', set: { progress: 1e21 } },
      says: '"progress" has a value that is no decimal here',
    },
    {
      name: 'an id that would change',
      config: enrolments,
      order: { accountId: '1/1', set: { course: '2' } },
      says: 'the id of a row cannot be changed',
    },
    {
      name: 'a new row without one of the parts of its id',
      config: enrolments,
      order: { kind: 'create' as const, set: { user: '9' } },
      says: 'nothing is given for the column "course", of which the id of a row is made',
    },
    {
      name: 'two rows with one id',
      config: enrolments,
      order: { accountId: '2/2', set: { note: 'x' } },
      says: 'the file has several rows with the id of this one',
    },
    {
      name: 'a row that is to stop counting where no column says so',
      config: { ...enrolments, write: {} },
      order: { kind: 'disable' as const, accountId: '1/1' },
      says: 'no column says whether a row counts; name it in config.write.active',
    },
  ])('$name', async ({ config, order, says }) => {
    const before = `${header}1,1,5,,\n2,2,1,,\n2,2,2,,\n`;
    const { apply, text } = await list(before, config);

    const [refused, other] = await apply(order, { accountId: '1/1', set: { progress: 6 } });

    expect(refused).toMatchObject({ outcome: 'rejected', error: { message: says, fate: 'person' } });
    expect(other?.outcome).toBe('applied');
    expect(await text()).toBe(before.replace('1,1,5', '1,1,6'));
  });
});

describe('somebody else writes the same list', () => {
  const place = { connection: 'list', file: 'list.csv' };

  test('what they change between two of our writes is kept', async () => {
    const { apply, file, text } = await list('user,course,progress,note,counts\n1,1,5,,\n');
    await apply({ accountId: '1/1', set: { progress: 6 } });
    await writeFile(file, `${await text()}2,1,7,theirs,\n`);

    await apply({ accountId: '1/1', set: { progress: 8 } });

    expect(await text()).toBe('user,course,progress,note,counts\n1,1,8,,\n2,1,7,theirs,\n');
  });

  test('what they change while we write stays as they left it, and the order waits', async () => {
    const { file, folder, text } = await list('id\n1\n');
    const stamp = await stampOf(file);
    await writeFile(file, 'id\n2\n');

    const published = await publish(file, Buffer.from('id\n3\n'), stamp, place);

    expect(published).toMatchObject({ failed: { reason: 'FileChanged', fate: 'waiting' }, unknown: false });
    expect(await text()).toBe('id\n2\n');
    expect(await readdir(folder)).toEqual(['list.csv']);
  });

  test('of two that write at once each is told the truth, and nobody sees a part of the list', async () => {
    const { file, folder, text } = await list('id\n0\n');
    for (let round = 0; round < 20; round += 1) {
      const stamp = await stampOf(file);
      const texts = ['a', 'b', 'c'].map((name) => `id\n${`${name}${round}\n`.repeat(5_000)}`);
      const published = await Promise.all(
        texts.map(async (one) => await publish(file, Buffer.from(one), stamp, place)),
      );
      const inPlace = texts.filter((_, at) => 'stamp' in (published[at] ?? {}));
      expect(inPlace).toEqual([await text()]);
    }
    expect(await readdir(folder)).toEqual(['list.csv']);
  });

  test('while another process writes it the order waits, and what a crash has left is cleared', async () => {
    const { apply, folder, text } = await list('user,course,progress,note,counts\n1,1,5,,\n');
    const beside = path.join(folder, '.list.csv.new');
    await writeFile(beside, 'theirs, half');
    expect(await apply({ accountId: '1/1', set: { progress: 6 } })).toMatchObject([
      { outcome: 'not-sent', error: { reason: 'FileNotWritten', fate: 'waiting' } },
    ]);
    expect(await readFile(beside, 'utf8')).toBe('theirs, half');
    await utimes(beside, 0, 0);
    await apply({ accountId: '1/1', set: { progress: 6 } });
    expect(await text()).toContain('1,1,6');
    expect(await readdir(folder)).toEqual(['list.csv']);
  });

  test('who may write to it besides us still may afterwards', async () => {
    const { apply, file } = await list('user,course,progress,note,counts\n1,1,5,,\n');
    await chmod(file, 0o666);
    await apply({ accountId: '1/1', set: { progress: 6 } });
    expect((await stat(file)).mode & 0o777).toBe(0o666);
  });

  test('a list that cannot be read whole is not replaced', async () => {
    const cut = 'user,course,progress,note,counts\n1,1,"5';
    const { apply, text } = await list(cut);

    const results = await apply({ accountId: '1/1', set: { progress: 6 } });

    expect(results).toMatchObject([
      { outcome: 'not-sent', error: { reason: 'FileBroken', fate: 'waiting' } },
    ]);
    expect(await text()).toBe(cut);
  });

  test('a folder in which nothing can be made leaves the list as it is', async () => {
    const { apply, folder, text } = await list('user,course,progress,note,counts\n1,1,5,,\n');
    await mkdir(path.join(folder, '.list.csv.new', 'inside'), { recursive: true });
    await utimes(path.join(folder, '.list.csv.new'), 0, 0);

    const [result] = await apply({ accountId: '1/1', set: { progress: 6 } });

    expect(result).toMatchObject({
      outcome: 'not-sent',
      error: { reason: 'FileNotWritten', fate: 'stalled' },
    });
    expect(await text()).toBe('user,course,progress,note,counts\n1,1,5,,\n');
  });
});

describe('an answer that was lost', () => {
  const rows = 'user,course,progress,note,counts\n1,1,5,,\n2,1,5,,no\n3,3,1,,\n3,3,2,,\n';
  const identity = { user: '1', course: '1' };

  test.each([
    {
      name: 'a new row that is there',
      intent: { kind: 'create', set: { ...identity, progress: 5 }, identity },
      is: 'done',
    },
    {
      name: 'a new row that is not there',
      intent: { kind: 'create', set: { user: '8', course: '1' }, identity: { user: '8', course: '1' } },
      is: 'not-done',
    },
    {
      name: 'a row that holds what was sent',
      intent: { kind: 'update', accountId: '1/1', set: { progress: 5, note: null } },
      is: 'done',
    },
    {
      name: 'a row that does not',
      intent: { kind: 'update', accountId: '1/1', set: { progress: 6 } },
      is: 'not-done',
    },
    { name: 'a row that stopped counting', intent: { kind: 'disable', accountId: '2/1' }, is: 'done' },
    { name: 'a row that still counts', intent: { kind: 'disable', accountId: '1/1' }, is: 'not-done' },
    { name: 'a row that is gone', intent: { kind: 'delete', accountId: '7/7' }, is: 'done' },
    { name: 'a row that is not', intent: { kind: 'delete', accountId: '1/1' }, is: 'not-done' },
    {
      name: 'two rows with one id tell nothing',
      intent: { kind: 'update', accountId: '3/3', set: { progress: 1 } },
      is: 'unknown',
    },
  ] as const)('$name: $is', async ({ intent, is }) => {
    const { reader } = await list(rows);
    const whole: Intent = {
      ...orderOf(intent, 0),
      situation: 'linked',
      applied: '',
      mapping: '',
      counts: [],
    };

    expect((await reader.resolve(whole, patience)).state).toBe(is);
  });

  test('in a list that is yet to be made nothing was done', async () => {
    const { reader } = await list(undefined);
    const create = orderOf({ kind: 'create', set: identity, identity }, 0);

    expect(
      await reader.resolve(
        { ...create, situation: 'unmatched', applied: '', mapping: '', counts: [] },
        patience,
      ),
    ).toEqual({ state: 'not-done' });
  });
});

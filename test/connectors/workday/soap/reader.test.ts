import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { workday } from '../../../../src/connectors/workday/connector.ts';
import { Stalled, Waiting } from '../../../../src/model/error.ts';
import type { Receipt, Row } from '../../../../src/model/row.ts';
import { canary } from '../../../contract/subject.ts';
import type { VendorRequest } from '../../../vendors/loopback.ts';
import { fault, faults, sections } from '../../../vendors/workday/refusal.ts';
import { idOf } from '../../../vendors/workday/workers.ts';
import { openTenant, people, type Opened } from '../tenant.ts';

const signal = new AbortController().signal;
let opened: Opened;
let sent: string[];

beforeEach(async () => {
  opened = await openTenant();
  people(12).forEach((person) => opened.workday.hire(person));
  sent = [];
  opened.workday.loopback.decide = (request: VendorRequest) => {
    sent.push(request.text);
    return undefined;
  };
});
afterEach(() => opened.workday.close());

test('all pages are as of one moment and one day, of the zone that the config names', async () => {
  await opened.clock.sleep(15.5 * 3_600_000);
  await read({ pageSize: 5, timezone: 'Asia/Tokyo' });
  expect(sent.map((text) => valueIn(text, 'Page'))).toEqual(['1', '2', '3']);
  expect(new Set(sent.map((text) => valueIn(text, 'As_Of_Entry_DateTime')))).toEqual(
    new Set(['2026-11-20T23:30:00.000Z']),
  );
  expect(new Set(sent.map((text) => valueIn(text, 'As_Of_Effective_Date')))).toEqual(new Set(['2026-11-21']));
});

test('only the parts that are wanted are asked for', async () => {
  await read({ futureHires: false, responseGroup: ['Include_Skills'] }, ['id', 'email']);
  expect(flagsIn(sent[0])).toEqual(['Include_Reference', 'Include_Personal_Information', 'Include_Skills']);
});

describe('hires to come', () => {
  beforeEach(() => {
    // The contract's clock stands on 2026-11-20.
    opened.workday.workers.get(idOf(3))?.set('Hire_Date', '2026-12-01');
    opened.workday.workers.get(idOf(4))?.set('Hire_Date', '2026-12-01');
    opened.workday.workers.get(idOf(11))?.set('Hire_Date', '2027-01-04');
  });

  test('come as of their first day, those of a day together, and are not active yet', async () => {
    const { rows, receipt } = await read({}, ['business_title', 'active', 'hire_date']);
    expect(receipt.records).toBe(12);
    expect(rows.find(({ id }) => id === idOf(3))?.values).toEqual([expect.any(String), false, '2026-12-01']);
    expect(rows.find(({ id }) => id === idOf(11))?.values).toEqual([expect.any(String), false, '2027-01-04']);
    expect(rows.find(({ id }) => id === idOf(5))?.values[1]).toBe(true);
    expect(sent.map((text) => valueIn(text, 'As_Of_Effective_Date'))).toEqual([
      '2026-11-20',
      '2026-12-01',
      '2027-01-04',
    ]);
    expect(new Set(sent.map((text) => valueIn(text, 'As_Of_Entry_DateTime'))).size).toBe(1);
  });

  test('are told by their hire date also where it is not wanted', async () => {
    const { rows } = await read({}, ['business_title']);
    expect(rows.every(({ values }) => typeof values[0] === 'string')).toBe(true);
  });

  test('are not asked for where the config says so', async () => {
    const { rows } = await read({ futureHires: false });
    expect(rows.map(({ id }) => id)).not.toContain(idOf(3));
    expect(sent).toHaveLength(1);
  });

  test('are found by id as of their first day, too', async () => {
    const key = { attribute: 'id', value: idOf(11) };
    const [row] = await open({}).find({ attributes: ['business_title', 'active'] }, [key], signal);
    expect(row).toEqual({ id: idOf(11), values: [expect.any(String), false] });
  });

  test('one that is not found again as of that day: no reading', async () => {
    opened.workday.loopback.fail((request) => request.text.includes('<wd:As_Of_Effective_Date>2026-12-01<'), {
      kind: 'change',
      change: (answer) => ({
        ...answer,
        body: String(answer.body)
          .replace(/<wd:Worker>.*?<\/wd:Worker>(?=<wd:Worker>)/, '')
          .replace('<wd:Page_Results>2<', '<wd:Page_Results>1<'),
      }),
    });
    const error = await refusal({});
    expect(error).toBeInstanceOf(Waiting);
    expect(error.message).toContain('1 hires where 2 were asked for');
  });
});

test('whoever is found must be who was asked for', async () => {
  opened.workday.loopback.fail(() => true, {
    kind: 'change',
    change: (answer) => ({ ...answer, body: String(answer.body).replaceAll(idOf(7), idOf(8)) }),
  });
  const key = { attribute: 'id', value: idOf(7) };
  await expect(open({}).find({ attributes: ['email'] }, [key], signal)).rejects.toThrow(
    'another worker than the one asked for',
  );
});

test.each([
  { exclude: [], people: 12 },
  { exclude: ['contingent-workers'], people: 11 },
  { exclude: ['employees'], people: 1 },
  { exclude: ['inactive', 'contingent-workers'], people: 10 },
])('without $exclude there are $people', async ({ exclude, people: count }) => {
  opened.workday.workers.get(idOf(5))?.set('Termination_Date', '2026-06-30');
  for (const worker of opened.workday.workers.values()) {
    if (worker.get('Employee_ID') !== idOf(5)) worker.delete('Termination_Date');
  }
  expect((await read({ exclude })).receipt.records).toBe(count);
});

test('whoever the list leaves out is not found by id either', async () => {
  const contractor = [...opened.workday.workers.values()].find(
    (worker) => worker.get('Worker_Type') !== 'Employee',
  );
  const key = { attribute: 'id', value: contractor?.get('Employee_ID') ?? '' };
  const find = (config: Readonly<Record<string, unknown>>) =>
    open(config).find({ attributes: ['email'] }, [key], signal);
  expect(await find({})).toHaveLength(1);
  expect(await find({ exclude: ['contingent-workers'] })).toEqual([]);
  expect(await find({ exclude: ['employees'] })).toHaveLength(1);
  expect(open({ exclude: ['inactive'] }).looksUp?.('id')).toBe(false);
});

test('an id that an employee and a contractor share is nobody’s', async () => {
  const [contractor] = [...opened.workday.workers.values()].filter(
    (worker) => worker.get('Worker_Type') !== 'Employee',
  );
  contractor?.set('Employee_ID', idOf(7));
  const key = { attribute: 'id', value: idOf(7) };
  await expect(open({}).find({ attributes: ['email'] }, [key], signal)).rejects.toThrow(
    'several workers with one id',
  );
});

describe('what goes wrong', () => {
  test.each([
    {
      name: 'a wrong password',
      answer: faults.credentials(),
      reason: 'AuthenticationFailed',
      says: 'NAME@TENANT',
    },
    {
      name: 'an operation that is not allowed',
      answer: faults.notAuthorized(),
      reason: 'PermissionDenied',
      says: '"Worker Data: Public Worker Reports"',
    },
    {
      name: 'a request that is not understood',
      answer: faults.invalid(`Element ${canary} is invalid`),
      reason: 'RequestRefused',
      says: 'check config.version',
    },
  ])('$name stalls at once, with the way out', async ({ answer, reason, says }) => {
    opened.workday.loopback.fail(() => true, { kind: 'answer', answer }, { times: 99 });
    const error = await refusal({});
    expect(error).toMatchObject({ reason, fate: 'stalled', connection: 'contract' });
    expect(error.message).toContain(says);
    expect(error.message).not.toContain(canary);
    expect(opened.workday.loopback.log).toHaveLength(1);
    expect((await open({}).probe(signal)).missing).toEqual([error.message]);
  });

  test('a fault of Workday’s own that passes is asked again, and everybody is read', async () => {
    opened.workday.loopback.fail(() => true, { kind: 'answer', answer: ownFault });
    expect((await read({})).receipt.records).toBe(12);
  });

  test('a fault of Workday’s own that stays is waited for', async () => {
    opened.workday.loopback.fail(() => true, { kind: 'answer', answer: ownFault }, { times: 99 });
    expect(await refusal({})).toMatchObject({ reason: 'Unavailable', fate: 'waiting' });
  });

  test('a fault of Workday’s own that comes with 200 is waited for', async () => {
    opened.workday.loopback.fail(
      () => true,
      { kind: 'answer', answer: { ...ownFault, status: 200 } },
      { times: 99 },
    );
    const error = await refusal({});
    expect(error).toMatchObject({ reason: 'Unavailable', fate: 'waiting' });
    expect(error.message).not.toContain(canary);
  });

  const ownFault = fault('Server.processingError', `Task ${canary} failed; try again later`, sections.model);
});

describe('the credentials', () => {
  test('stand in the envelope, whatever is in them, with the tenant behind the user', async () => {
    expect((await read({})).receipt.records).toBe(12);
    expect(valueIn(sent[0] ?? '', 'Username', 'wsse')).toBe(`${canary}-isu@acme`);
  });

  test('are sent as they are where they name a tenant', async () => {
    const secrets = { username: `${canary}-isu@acme`, password: `${canary} <&> 'pass" word` };
    expect((await read({}, ['id'], { secrets })).receipt.records).toBe(12);
  });

  test('are not sent to a host that the operator has not bound them to', async () => {
    const context = opened.context({
      api: 'soap',
      baseUrl: opened.workday.url.replace('127.0.0.1', 'localhost'),
    });
    const reading = drain(workday.openReader(context).read({ attributes: ['id'] }, signal));
    await expect(reading).rejects.toMatchObject({ reason: 'SecretRefused', fate: 'stalled' });
    expect(sent).toEqual([]);
  });

  test('are missed before anything is sent', async () => {
    const reading = drain(
      workday
        .openReader(opened.context({ api: 'soap' }, { secrets: {} }))
        .read({ attributes: ['id'] }, signal),
    );
    await expect(reading).rejects.toBeInstanceOf(Stalled);
    expect(sent).toEqual([]);
  });
});

describe('a probe', () => {
  test('finds what stands at one place alone, and nothing of which there are several', async () => {
    const { fields, missing, cost } = await open({ pageSize: 5 }).probe(signal);
    expect(missing).toEqual([]);
    expect(cost).toEqual({ requests: 3 });
    expect(fields.filter(({ name }) => name.startsWith('custom.'))).toEqual([
      {
        name: 'custom.Universal_ID',
        label: 'Universal ID',
        key: 'Worker_Data/Universal_ID',
        type: 'text',
        class: 'personal',
        optional: true,
      },
      expect.objectContaining({ name: 'custom.On_Leave' }),
    ]);
  });

  test('what was found and saved is read under its name', async () => {
    const fields = [
      { name: 'custom.Universal_ID', key: 'Worker_Data/Universal_ID', type: 'text', class: 'internal' },
      { name: 'custom.Odd', key: 'not a path', type: 'text', class: 'internal' },
    ] as const;
    const { rows } = await read({}, ['custom.Universal_ID'], { fields });
    expect(rows[0]?.values).toEqual(['U1']);
    await expect(read({}, ['custom.Odd'], { fields })).rejects.toMatchObject({ reason: 'UnknownAttribute' });
  });

  test('nobody is not taken for a company without people', async () => {
    opened.workday.workers.clear();
    expect((await open({}).probe(signal)).missing).toEqual([
      expect.stringContaining('Get_Workers shows nobody'),
    ]);
  });
});

type More = Parameters<Opened['context']>[1];

function open(config: Readonly<Record<string, unknown>>, more: More = {}) {
  return workday.openReader(opened.context({ api: 'soap', ...config }, more));
}

async function read(
  config: Readonly<Record<string, unknown>>,
  attributes: readonly string[] = ['id'],
  more: More = {},
) {
  return await drain(open(config, more).read({ attributes }, signal));
}

async function refusal(config: Readonly<Record<string, unknown>>): Promise<Error> {
  return await read(config).then(
    () => new Error('it was read'),
    (error: unknown) => error as Error,
  );
}

async function drain(reading: AsyncGenerator<readonly Row[], Receipt>) {
  const rows: Row[] = [];
  for (;;) {
    const step = await reading.next();
    if (step.done === true) return { rows, receipt: step.value };
    rows.push(...step.value);
  }
}

function valueIn(text: string, name: string, prefix = 'wd'): string | undefined {
  return new RegExp(`<${prefix}:${name}>([^<]*)<`).exec(text)?.[1];
}

function flagsIn(text = ''): readonly string[] {
  const group = /<wd:Response_Group>(.*)<\/wd:Response_Group>/.exec(text)?.[1] ?? '';
  return [...group.matchAll(/<wd:(\w+)>true</g)].map(([, flag = '']) => flag);
}

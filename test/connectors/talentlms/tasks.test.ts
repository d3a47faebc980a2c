import { expect, test } from 'vitest';
import { TalentLmsClient } from '../../../src/connectors/talentlms/client.ts';
import { taskErrors } from '../../../src/connectors/talentlms/tasks.ts';
import type { Json } from '../../../src/model/value.ts';
import { never } from './bench.ts';
import { openPortal } from './writing.ts';

const entries = [{ id: 1 }, { id: 2 }, { id: 3 }];

async function errorsOf(task: Json): Promise<ReadonlyMap<number, unknown>> {
  const { portal, context } = await openPortal();
  const answer = { status: 200, body: { _data: task } };
  portal.loopback.fail(({ path }) => path.includes('/tasks/'), { kind: 'answer', answer });
  const client = new TalentLmsClient(context);
  try {
    return await taskErrors(client, context.clock, 'task-1', entries, never);
  } finally {
    await client.close();
    await portal.close();
  }
}

test.each(['completed', 'failed'])(
  'an error of a %s task that names nobody is laid to nobody: what became of everyone is looked up',
  async (status) => {
    const errors = errorsOf({ status, errors: [{ message: 'Invalid value' }] });
    await expect(errors).rejects.toMatchObject({ fate: 'waiting', reason: 'UnexpectedAnswer' });
  },
);

test('errors are those of whom they name, by id, by index, or by a list as long as the batch', async () => {
  const fault = { message: 'Invalid value' };
  const only2 = new Map([[1, fault.message]]);
  expect(await errorsOf({ status: 'completed', errors: [{ id: 2, ...fault }] })).toEqual(only2);
  expect(await errorsOf({ status: 'completed', errors: [{ index: 1, ...fault }] })).toEqual(only2);
  const results = [{ status: 'ok' }, { status: 'failed', ...fault }, { status: 'ok' }];
  expect(await errorsOf({ status: 'completed', results })).toEqual(only2);
});

import type { Clock } from '../../model/effects.ts';
import { Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { idOf, isObject, objectsOf, textOf, type JsonObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import { messageIn } from './refusals.ts';
import { dataOf } from './envelope.ts';

/** What a background task said of the entries of a batch: their errors by position; the others went well. */
export type Errors = ReadonlyMap<number, unknown>;

const firstWaitMs = 500;
const longestWaitMs = 8_000;
const patienceMs = 300_000;

/** The id of the background task that a batch was answered with. Its place in the body is not published. */
export function taskIdOf(body: Json): string | undefined {
  const data = dataOf(body);
  if (!isObject(data)) return textOf(data) ?? undefined;
  for (const key of ['task_id', 'background_task_id', 'id']) {
    const id = textOf(data[key]);
    if (typeof id === 'string' && /^[\w-]+$/.test(id)) return id;
  }
  return undefined;
}

/**
 * Asks for a task until it has ended: after half a second, then ever more seldom. Throws `Waiting` when it has not
 * ended in five minutes; what became of it is then unknown.
 */
export async function taskErrors(
  client: TalentLmsClient,
  clock: Clock,
  taskId: string,
  entries: readonly JsonObject[],
  signal: AbortSignal,
): Promise<Errors> {
  const started = clock.monotonic();
  for (let wait = firstWaitMs; ; wait = Math.min(longestWaitMs, wait * 2)) {
    await clock.sleep(wait, signal);
    const { body } = await client.get(`tasks/${taskId}`, signal);
    const task = dataOf(body);
    if (!isObject(task)) throw client.unexpected('a task without its state');
    const status = textOf(task['status']) ?? textOf(task['state']) ?? '';
    const isDone = /^(completed?|finished|done|succe(ss|eded)|partial.*)$/i.test(status);
    const isFailed = /^(failed|error|cancell?ed|aborted)$/i.test(status);
    if (isDone || isFailed) {
      const errors = isDone ? errorsIn(task, entries) : allFailed(task, entries);
      if (errors === undefined) throw client.unexpected('a task with errors that name nobody');
      return errors;
    }
    if (clock.monotonic() - started >= patienceMs) {
      throw new Waiting(
        'TaskPending',
        `connection ${client.connection}: TalentLMS has not ended a background task in ${patienceMs / 60_000} minutes; the next pass looks what became of it`,
        { connection: client.connection },
      );
    }
  }
}

/** Errors of a task that failed: those of single entries, and its own words for all others without a success. */
function allFailed(task: JsonObject, entries: readonly JsonObject[]): Errors | undefined {
  const single = errorsIn(task, entries);
  const succeeded = positions(task, entries, (one) =>
    /succe|ok|done|updated|created/i.test(textOf(one['status']) ?? ''),
  );
  if (single === undefined || succeeded === undefined) return undefined;
  const words = messageIn(task) ?? textOf(task['message']) ?? '';
  return new Map(
    entries.flatMap((_, index) =>
      succeeded.has(index) ? [] : [[index, single.get(index) ?? words] as const],
    ),
  );
}

function errorsIn(task: JsonObject, entries: readonly JsonObject[]): Errors | undefined {
  const found = positions(task, entries, isFailure);
  return found && new Map([...found].map(([index, one]) => [index, wordsOf(one)] as const));
}

/** Results for which `when` holds, by the position of the entry they speak of; `undefined` where that cannot be told. */
function positions(
  task: JsonObject,
  entries: readonly JsonObject[],
  when: (result: JsonObject) => boolean,
): ReadonlyMap<number, JsonObject> | undefined {
  const found = new Map<number, JsonObject>();
  const lists = [task['results'], task['users'], task['errors']].map((list) => objectsOf(list));
  for (const list of lists) {
    for (const [order, result] of list.entries()) {
      if (!when(result)) continue;
      const byId = entries.findIndex(
        (entry) => idOf(entry['id']) === (idOf(result['id']) ?? idOf(result['user_id'])),
      );
      const { index } = result;
      const told = byId >= 0 ? byId : index;
      // A list as long as the batch speaks of it in order; of a shorter one that is not known.
      if (typeof told !== 'number' && list.length !== entries.length) return undefined;
      found.set(typeof told === 'number' ? told : order, result);
    }
  }
  return found;
}

function isFailure(result: JsonObject): boolean {
  const status = textOf(result['status']) ?? '';
  return /fail|error|reject|invalid/i.test(status) || (status === '' && wordsOf(result) !== undefined);
}

function wordsOf(result: JsonObject): unknown {
  return messageIn(result) ?? result['reason'] ?? result['errors'] ?? undefined;
}

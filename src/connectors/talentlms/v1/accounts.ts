import type { HttpResponse } from '../../../http/client.ts';
import type { Order, Result } from '../../../model/order.ts';
import type { ConnectorContext } from '../../connector.ts';
import { failedWrite, halfDone } from '../../failed-write.ts';
import { idOf, textOf, type JsonObject } from '../../json.ts';
import { refusals, type TalentLmsClient } from '../client.ts';
import { dateText } from '../dates.ts';
import { refused } from '../refusals.ts';
import { receivedFrom, type Payload } from '../payload.ts';
import { isProtectedType, type Config } from '../schema.ts';
import { getOne, goneIn, pathOf } from './answer.ts';
import { changeByGet } from './once.ts';
import { signUp } from './sign-up.ts';
import { branchesOf, userOf } from './user.ts';

export type Outcome = Omit<Result, 'key'>;

/** An order in the vendor's words, with what else a write must know. */
export interface Write {
  readonly payload: Payload;
  readonly branch: string | undefined;
  readonly dateFormat: Config['dateFormat'];
}

/** Carries out single orders. Does not reject once something may have been written. */
export class V1Accounts {
  readonly #client: TalentLmsClient;
  readonly #context: Pick<ConnectorContext, 'clock' | 'details'>;

  constructor(client: TalentLmsClient, context: Pick<ConnectorContext, 'clock' | 'details'>) {
    this.#client = client;
    this.#context = context;
  }

  async write(order: Order, write: Write, signal: AbortSignal): Promise<Outcome> {
    if (order.kind === 'create' && order.accountId === null) return this.#create(order, write, signal);
    const id = order.accountId ?? '';
    if (!/^\d+$/.test(id)) return refused(order, { status: 404, body: null });
    if (order.kind === 'delete') return this.#delete(order, id, signal);
    if (order.kind === 'create') return this.#complete(order, id, write, signal);
    return this.#change(order, id, write, signal);
  }

  /** Signs somebody up, into the branch if one is meant; what a sign-up does not take follows. */
  async #create(order: Order, write: Write, signal: AbortSignal): Promise<Outcome> {
    const { payload, branch } = write;
    const made = await signUp(this.#client, order, payload, branch, signal);
    if ('outcome' in made) return made;
    const received = receivedFrom(userOf(made.user, write.dateFormat).item);
    const later = onlyLater(formOf(write));
    const left = await this.#edit(order, made.id, later, signal);
    if (left !== undefined) return halfDone(made.id, left, 'the account was created');
    return { outcome: 'applied', accountId: made.id, sent: payload.sent, ...(received && { received }) };
  }

  /** What is left of a create for an account that an earlier try made. */
  async #complete(order: Order, id: string, write: Write, signal: AbortSignal): Promise<Outcome> {
    const { payload, branch } = write;
    try {
      const joined = branch === undefined ? undefined : await this.#join(id, branch, signal);
      if (joined !== undefined) return halfDone(id, refused(order, joined), 'the account was created');
    } catch (error) {
      return halfDone(id, failedWrite(error, 'repeatable', signal), 'the account was created');
    }
    const { login: _login, email: _email, password: _password, language: _language, ...rest } = formOf(write);
    const left = await this.#edit(order, id, rest, signal);
    if (left !== undefined) return halfDone(id, left, 'the account was created');
    return { outcome: 'applied', accountId: id, sent: payload.sent };
  }

  async #change(order: Order, id: string, write: Write, signal: AbortSignal): Promise<Outcome> {
    const { kind } = order;
    const { payload } = write;
    const now = kind === 'disable' ? {} : await this.#look(id, signal);
    if (now === undefined) return refused(order, { status: 404, body: null });
    if (isProtectedType(now['user_type'])) {
      const message = 'the account became an administrator after it was read; it is not touched';
      return { outcome: 'not-sent', error: { reason: 'Protected', message, fate: 'person' } };
    }
    const form = { ...(kind === 'enable' ? this.#pastDeactivation(now, write) : {}), ...formOf(write) };
    const left = await this.#edit(order, id, form, signal);
    if (left !== undefined) return { accountId: id, ...left };
    if (kind === 'update') return { outcome: 'applied', accountId: id, sent: payload.sent };
    const wanted = kind === 'enable' ? 'active' : 'inactive';
    const unswitched = await this.#switch(order, id, wanted, signal);
    if (unswitched === undefined) return { outcome: 'applied', accountId: id, sent: payload.sent };
    if (Object.keys(form).length === 0) return { accountId: id, ...unswitched };
    return halfDone(id, unswitched, 'the fields were written');
  }

  /** What came of it when it did not go well. Fields that are not sent are kept. */
  async #edit(
    order: Order,
    id: string,
    form: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Outcome | undefined> {
    if (Object.keys(form).length === 0) return undefined;
    try {
      await this.#context.details.forget([id]);
      const body = { form: { user_id: id, ...form } };
      const request = {
        method: 'POST',
        path: 'edituser',
        body,
        effect: 'repeatable',
        accept: refusals,
      } as const;
      const answer = await this.#client.request(request, signal);
      return isRefusal(answer) ? refused(order, answer) : undefined;
    } catch (error) {
      return failedWrite(error, 'repeatable', signal);
    }
  }

  async #switch(
    order: Order,
    id: string,
    status: 'active' | 'inactive',
    signal: AbortSignal,
  ): Promise<Outcome | undefined> {
    try {
      const isDone = async () => (await this.#look(id, signal))?.['status'] === status;
      const path = pathOf('usersetstatus', { user_id: id, status });
      const answer = await changeByGet(this.#client, path, isDone, signal);
      return answer !== undefined && isRefusal(answer) ? refused(order, answer) : undefined;
    } catch (error) {
      return failedWrite(error, 'repeatable', signal);
    }
  }

  /** The refusal, if it is one; being in the branch already is what was wanted. */
  async #join(id: string, branch: string, signal: AbortSignal): Promise<HttpResponse | undefined> {
    const isDone = async () => (branchesOf((await this.#look(id, signal)) ?? {}) ?? []).includes(branch);
    const path = pathOf('addusertobranch', { user_id: id, branch_id: branch });
    const answer = await changeByGet(this.#client, path, isDone, signal);
    if (answer === undefined || !isRefusal(answer)) return undefined;
    return (await isDone()) ? undefined : answer;
  }

  /** For good: a user who is only deleted stays as a ghost that keeps the login. */
  async #delete(order: Order, id: string, signal: AbortSignal): Promise<Outcome> {
    try {
      await this.#context.details.forget([id]);
      const body = { form: { user_id: id, permanent: 'yes' } };
      const request = {
        method: 'POST',
        path: 'deleteuser',
        body,
        effect: 'repeatable',
        accept: refusals,
      } as const;
      const answer = await this.#client.request(request, signal);
      if (isRefusal(answer) && goneIn(answer) === undefined) return refused(order, answer);
      return { outcome: 'applied', accountId: id, sent: {} };
    } catch (error) {
      return { accountId: id, ...failedWrite(error, 'repeatable', signal) };
    }
  }

  async #look(id: string, signal: AbortSignal): Promise<JsonObject | undefined> {
    const user = await getOne(this.#client, pathOf('users', { id }), signal);
    if (typeof user !== 'object') return undefined;
    if (idOf(user['id']) !== id) throw this.#client.unexpected('a user without its id');
    return user;
  }

  /** An account that is enabled again with a deactivation date in the past would be switched off at once. */
  #pastDeactivation(now: JsonObject, { dateFormat }: Write): Readonly<Record<string, string>> {
    const date = textOf(userOf(now, dateFormat).detail.deactivation) ?? '';
    const today = new Date(this.#context.clock.now()).toISOString().slice(0, 10);
    return date !== '' && date <= today ? { deactivation_date: '' } : {};
  }
}

/** Everything as text; empty text clears. */
function formOf({ payload, dateFormat }: Write): Readonly<Record<string, string>> {
  const form: Record<string, string> = { ...payload.custom };
  for (const [key, value] of Object.entries(payload.core)) {
    const text = textOf(value) ?? '';
    form[key] = key === 'deactivation_date' && text !== '' ? dateText(text, dateFormat) : text;
  }
  return form;
}

/** What `usersignup` does not take. */
function onlyLater({
  timezone,
  deactivation_date: date,
}: Readonly<Record<string, string>>): Record<string, string> {
  return { ...(timezone === undefined ? {} : { timezone }), ...(date ? { deactivation_date: date } : {}) };
}

function isRefusal({ status }: HttpResponse): boolean {
  return (refusals as readonly number[]).includes(status);
}

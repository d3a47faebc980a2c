import { applySideBySide } from '../../../http/side-by-side.ts';
import type { HttpResponse } from '../../../http/client.ts';
import type { Order, Result } from '../../../model/order.ts';
import type { ConnectorContext, Writer } from '../../connector.ts';
import { failedWrite, untilCalledOff } from '../../failed-write.ts';
import { refusals, type TalentLmsClient } from '../client.ts';
import { messageIn, refused } from '../refusals.ts';
import { enrollmentId, partsOf } from './enrollment.ts';

/** How somebody gets into a course and out of it: what differs between the two APIs. `undefined` is done. */
export interface Door {
  enter(user: string, course: string, signal: AbortSignal): Promise<HttpResponse | undefined>;
  leave(user: string, course: string, signal: AbortSignal): Promise<HttpResponse | undefined>;
}

/** Puts people into courses and takes them out. What somebody has learnt is never written. */
export class EnrollmentWriter implements Writer {
  readonly #client: TalentLmsClient;
  readonly #context: Pick<ConnectorContext, 'details'>;
  readonly #door: Door;

  constructor(client: TalentLmsClient, context: Pick<ConnectorContext, 'details'>, door: Door) {
    this.#client = client;
    this.#context = context;
    this.#door = door;
  }

  async *apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    yield* applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      async (order) => ({ key: order.key, ...(await this.#carryOut(order, signal)) }),
    );
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Omit<Result, 'key'>> {
    const { kind, set, identity } = order;
    if (kind !== 'create' && kind !== 'delete') return wrong(`TalentLMS cannot ${kind} an enrolment`);
    const odd = Object.keys(set).find((name) => name !== 'user' && name !== 'course');
    if (odd !== undefined)
      return wrong(`"${odd}" of an enrolment is what TalentLMS says of it; leave it out`);
    const given: Order['set'] = { ...identity, ...set };
    const named = enrollmentId(String(given['user'] ?? ''), String(given['course'] ?? ''));
    const parts = partsOf(order.accountId ?? named);
    if (parts === undefined) return wrong('an enrolment needs the id of a user and the id of a course');
    return this.#pass(order, parts, signal);
  }

  async #pass(
    order: Order,
    { user, course }: NonNullable<ReturnType<typeof partsOf>>,
    signal: AbortSignal,
  ): Promise<Omit<Result, 'key'>> {
    const enters = order.kind === 'create';
    const accountId = enrollmentId(user, course);
    try {
      await this.#context.details.forget([user]);
      const answer = await (enters
        ? this.#door.enter(user, course, signal)
        : this.#door.leave(user, course, signal));
      if (answer !== undefined && isRefusal(answer) && !isAsWanted(answer, enters))
        return refused(order, answer);
      return { outcome: 'applied', accountId, sent: enters ? { user, course } : {} };
    } catch (error) {
      const failure = failedWrite(error, enters ? 'once' : 'repeatable', signal);
      return enters ? failure : { accountId, ...failure };
    }
  }
}

/** By API v2. */
export function doorOf(client: TalentLmsClient): Door {
  const send =
    (method: 'POST' | 'DELETE', effect: 'once' | 'repeatable') =>
    (user: string, course: string, signal: AbortSignal) => {
      const body = { json: { course_id: Number(course), user_id: Number(user) } };
      return client.request({ method, path: 'enrollments', body, effect, accept: refusals }, signal);
    };
  return { enter: send('POST', 'once'), leave: send('DELETE', 'repeatable') };
}

/** Being in the course already, or out of it, or gone altogether, is what was wanted. */
function isAsWanted({ body }: HttpResponse, enters: boolean): boolean {
  const message = String(messageIn(body));
  return enters
    ? /already enrolled/i.test(message)
    : /not enrolled|does not exist|no longer available/i.test(message);
}

function isRefusal({ status }: HttpResponse): boolean {
  return (refusals as readonly number[]).includes(status);
}

function wrong(message: string): Omit<Result, 'key'> {
  return { outcome: 'not-sent', error: { reason: 'ReadOnlyAttribute', message, fate: 'person' } };
}

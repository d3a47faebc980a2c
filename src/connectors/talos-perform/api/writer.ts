import { applySideBySide } from '../../../http/side-by-side.ts';
import type { Order, Result } from '../../../model/order.ts';
import { isNothing } from '../../../model/value.ts';
import type { ConnectorContext, Writer } from '../../connector.ts';
import { failedWrite, untilCalledOff, type Failure } from '../../failed-write.ts';
import { RestClient } from '../../rest/client.ts';
import { RestWriter } from '../../rest/writer.ts';
import type { ApiConfig, TalosConfig } from '../schema.ts';
import { AdminGroups } from './admin-groups.ts';
import { restContext } from './context.ts';
import { declared } from './declared.ts';

/**
 * Writes users one by one. A change of some properties ignores what is empty, and a user that is sent whole loses what is
 * not there (help centre, article 462874): what clears something is sent whole, after a look at all that is there, and
 * anything else as the change that it is.
 */
export class TalosApiWriter implements Writer {
  readonly #client: RestClient;
  readonly #groups: AdminGroups;
  readonly #changing: RestWriter;
  readonly #replacing: RestWriter;

  constructor(context: ConnectorContext<TalosConfig>, api: ApiConfig) {
    const rest = (whole: boolean) => restContext(context, declared(context.config, api, whole));
    this.#client = new RestClient(rest(false));
    this.#groups = new AdminGroups(this.#client, api);
    this.#changing = new RestWriter(rest(false));
    this.#replacing = new RestWriter(rest(true));
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      async (order) => await this.#carryOut(order, signal),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#client.close(), this.#changing.close(), this.#replacing.close()]);
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Result> {
    const ready = await this.#withGroup(order, signal);
    if ('outcome' in ready) return { key: order.key, ...ready };
    const isChange = order.kind !== 'create' || order.accountId !== null;
    const clears = isChange && Object.values(order.set).some(isEmpty);
    const writer = clears ? this.#replacing : this.#changing;
    const { value: result } = await writer.apply(only(ready), signal).next();
    if (result === undefined) return { key: order.key, ...failedWrite(signal.reason, 'read', signal) };
    const { error } = result;
    const sent = result.sent === undefined ? {} : { sent: order.set };
    return { ...result, ...sent, ...(error === undefined ? {} : { error: withWayOut(error, order) }) };
  }

  async #withGroup(order: Order, signal: AbortSignal): Promise<Order | Failure> {
    try {
      return await this.#groups.ordered(order, signal);
    } catch (error) {
      return failedWrite(error, 'read', signal);
    }
  }
}

function isEmpty(value: Order['set'][string]): boolean {
  return isNothing(value) || value === '';
}

async function* only(order: Order): AsyncGenerator<Order> {
  yield await Promise.resolve(order);
}

type Refused = NonNullable<Result['error']>;

/** What the help centre says of a refusal, behind its words. */
function withWayOut(error: Refused, { kind, set }: Order): Refused {
  if (error.fate !== 'person') return error;
  const hint = wayOut(error, kind, Object.hasOwn(set, 'managerEmployeeId'));
  return hint === undefined ? error : { ...error, message: `${error.message}; ${hint}` };
}

function wayOut({ reason, message }: Refused, kind: Order['kind'], hasManager: boolean): string | undefined {
  if (kind === 'disable' && /manager/i.test(message)) {
    return 'somebody who still manages others cannot be deactivated: give those another manager first';
  }
  if (hasManager && /manager/i.test(message))
    return 'a manager must be an active user before anybody has them';
  if (reason === 'AlreadyExists') {
    return 'employee ids and addresses of deactivated users, and of users in admin groups that the key does not see, are taken too';
  }
  return undefined;
}

import type { HttpClient } from '../../http/client.ts';
import type { Order, Result } from '../../model/order.ts';
import { halfDone, rejected, type Failure } from '../failed-write.ts';
import type { ScimOrders } from '../scim/orders.ts';
import { failed, refusal } from '../scim/refusals.ts';
import { getUser } from '../scim/resolve.ts';
import type { Service } from '../scim/service.ts';
import { isActive, pick } from '../scim/user.ts';
import { FirstProof } from './first-proof.ts';
import { shortfall, type Ending, type Left } from './outcome.ts';
import { carryOutByRest, isSameUser, restUser } from './rest.ts';

/** How accounts are ended: by SCIM, where `deletesBy` says which request deletes, or by the REST API. */
export type Way =
  | { readonly kind: 'scim'; readonly deletesBy: 'delete' | 'deactivate' }
  | { readonly kind: 'rest'; readonly client: HttpClient };

/**
 * Disables, enables and deletes accounts, and looks what became of each. The first that is disabled is waited for: a policy
 * that deletes where it was said to deactivate costs one account then, and not as many as leave on that day.
 */
export class Deprovisioning {
  readonly #service: Service;
  readonly #orders: ScimOrders;
  readonly #way: Way;
  readonly #proof = new FirstProof();

  constructor(service: Service, orders: ScimOrders, way: Way) {
    this.#service = service;
    this.#orders = orders;
    this.#way = way;
  }

  async carryOut(order: Order, kind: Ending, signal: AbortSignal): Promise<Result> {
    const { disabling, abilities } = this.#service.shape;
    // The plan asks for none of these; an order from before the config was changed may.
    if (!abilities[kind]) return { key: order.key, ...notHere(kind) };
    const work = () => this.#seeThrough(order, kind, signal);
    return kind === 'disable' && disabling === undefined ? await this.#proof.run(order, work) : await work();
  }

  async #seeThrough(order: Order, kind: Ending, signal: AbortSignal): Promise<Result> {
    const way = this.#way;
    const sent =
      way.kind === 'rest'
        ? await this.#byRest(way.client, order, kind, signal)
        : await this.#orders.carryOut(scimOrder(order, way.deletesBy), signal);
    const mayBeGone =
      kind === 'delete' || (kind === 'disable' && this.#service.shape.disabling === 'deletes');
    const isGone = mayBeGone && sent.error?.reason === 'AccountGone';
    if (sent.outcome !== 'applied' && !isGone) return sent;
    try {
      const short = shortfall(kind, await this.#left(order, signal), this.#service.shape.disabling);
      if (short !== undefined) return { key: order.key, ...short };
      return isGone ? { key: order.key, outcome: 'applied', accountId: order.accountId ?? '' } : sent;
    } catch (error) {
      // It was sent, and what became of it could not be seen.
      return { ...failed(order, error, signal), outcome: 'unknown' };
    }
  }

  /** Attributes follow by SCIM, where an enabled account gets some: an inactive user is left to the directory's policy. */
  async #byRest(client: HttpClient, order: Order, kind: Ending, signal: AbortSignal): Promise<Result> {
    const id = order.accountId ?? '';
    try {
      const user = await getUser(this.#service, id, signal);
      if (user === undefined) return { key: order.key, ...accountGone };
      const there = await restUser(client, id, signal);
      if (there === undefined || !isSameUser(there, user)) return { key: order.key, ...otherIds };
      const answer = await carryOutByRest(client, deeds[kind], id, signal);
      if (answer.status >= 300) return refusal(order, answer);
      if (kind === 'enable' && Object.keys(order.set).length > 0) {
        const updated = await this.#orders.carryOut({ ...order, kind: 'update' }, signal);
        if (updated.outcome === 'applied') return updated;
        return { key: order.key, ...halfDone(id, updated, 'the account was activated') };
      }
      return { key: order.key, outcome: 'applied', accountId: id, sent: order.set };
    } catch (error) {
      return failed(order, error, signal);
    }
  }

  async #left(order: Order, signal: AbortSignal): Promise<Left> {
    const user = await getUser(this.#service, order.accountId ?? '', signal);
    if (user === undefined) return 'gone';
    return isActive(pick(user, 'active')) ? 'active' : 'inactive';
  }
}

/** The order as SCIM is sent it: where deactivating deletes, that is the request to delete with. */
function scimOrder(order: Order, deletesBy: 'delete' | 'deactivate'): Order {
  return order.kind === 'delete' && deletesBy === 'deactivate' ? { ...order, kind: 'disable' } : order;
}

const deeds = { disable: 'deactivate', enable: 'activate', delete: 'delete' } as const;

const accountGone = rejected(
  'AccountGone',
  'there is no account with this id any more; the next pass looks for it',
);
const otherIds = rejected(
  'OtherIds',
  'the REST API has another user under the id that SCIM gives, or none: accounts cannot be ended by it; write deactivateVia: scim',
  'stalled',
);

function notHere(kind: Ending): Failure {
  return rejected('NotSupported', `Haiilo cannot ${kind} accounts with this config; see its page`, 'stalled');
}

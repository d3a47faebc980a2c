import type { Json } from '../../../model/value.ts';
import type { ConnectorContext } from '../../connector.ts';
import { idOf, isObject, type JsonObject } from '../../json.ts';
import { getUser } from '../../scim/resolve.ts';
import type { Service } from '../../scim/service.ts';
import { isActive, pick, type User } from '../../scim/user.ts';
import { isRecent, Singly, type Listed } from '../../singly.ts';

/** Where the ids are remembered: no user has this one. */
const register = { id: 'users', version: 'ids' } as const;

type Context = Pick<ConnectorContext, 'clock' | 'details' | 'refreshDetailsMs'>;

/**
 * Users whom Torii's list leaves out, because it has active ones only and filters by nothing else: those whom we have
 * seen, or deactivated, and whom the list does not have any more. They are asked for one by one, each once within the
 * connection's refresh time. Whoever was inactive before we came, or whom the store has forgotten, is not known.
 */
export class HiddenUsers {
  readonly #context: Context;
  readonly #singly: Singly<{ readonly user: User }>;

  constructor(service: Service, context: Context) {
    this.#context = context;
    this.#singly = new Singly(service.client, context, {
      read: async ({ item }, signal) => {
        const user = await getUser(service, idOf(item['id']) ?? '', signal);
        return user === undefined ? undefined : { user };
      },
      // Somebody active whom the list did not have is no answer for later.
      usable: ({ user }) => (isObject(user) && !isActive(pick(user, 'active')) ? { user } : undefined),
      isUnlike: () => false,
      versionOf: () => 'hidden',
    });
  }

  /** Everybody known who is not in the list, as they are now. */
  async read(active: ReadonlySet<string>, signal: AbortSignal): Promise<readonly User[]> {
    const items = [...(await this.#ids())].filter((id) => !active.has(id)).map((id) => ({ id }));
    const listed = await this.#singly.recall(items);
    const fresh = listed.filter((one) => this.#singly.isFresh(one));
    const asked: Listed<{ readonly user: User }>[] = [];
    const old = listed.filter((one) => !this.#singly.isFresh(one));
    for await (const some of this.#singly.refresh(old, signal)) asked.push(...some);
    await this.#forget(
      asked.filter(({ gone }) => gone === true).flatMap(({ item }) => idOf(item['id']) ?? []),
    );
    return [...fresh, ...asked].flatMap(({ detail, gone }) =>
      detail === undefined || gone === true ? [] : [detail.user],
    );
  }

  /** These are there: once the list does not have them, they are asked for. */
  async remember(ids: readonly string[]): Promise<void> {
    const known = await this.#ids();
    const isNew = ids.some((id) => !known.has(id));
    if (isNew || (await this.#isOld())) await this.#keep([...new Set([...known, ...ids])]);
  }

  /** Something is written: what is remembered of them does not count any more. */
  async changed(id: string): Promise<void> {
    await this.#context.details.forget([id]);
  }

  /** Whoever was deleted is not asked for again. */
  async #forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const known = await this.#ids();
    await this.#context.details.forget(ids);
    await this.#keep([...known].filter((id) => !ids.includes(id)));
  }

  async #ids(): Promise<Set<string>> {
    const known = (await this.#context.details.recall([register])).get(register.id);
    const ids = isObject(known?.data) ? known.data['ids'] : undefined;
    return new Set(Array.isArray(ids) ? (ids as readonly Json[]).filter((id) => typeof id === 'string') : []);
  }

  /** What is not written again in time, the store lets go. */
  async #isOld(): Promise<boolean> {
    const known = (await this.#context.details.recall([register])).get(register.id);
    return known === undefined || !isRecent(known.readAt, this.#context);
  }

  async #keep(ids: readonly string[]): Promise<void> {
    const data: JsonObject = { ids: ids.toSorted() };
    await this.#context.details.remember([{ ...register, data, readAt: this.#context.clock.now() }]);
  }
}

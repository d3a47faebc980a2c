import { isoInstant } from '../../../model/effects.ts';
import type { Intent, Resolution } from '../../../model/order.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { idOf, type JsonObject } from '../../json.ts';
import { TalentLmsClient } from '../client.ts';
import { UserDetails, type ListedUser } from '../details.ts';
import { pickFields, type CustomField } from '../fields.ts';
import { resolveIntent } from '../resolve.ts';
import { columnsOf, rowOf, type Column } from '../rows.ts';
import type { Config } from '../schema.ts';
import { shapeOf } from '../shape.ts';
import { whyEmpty } from '../why-empty.ts';
import { getOne, pathOf } from './answer.ts';
import { v1BranchOf, v1MembersOf } from './branch.ts';
import { readV1Fields } from './fields.ts';
import { readList } from './list.ts';
import { askForBudget, readPortal, type PortalFacts } from './portal.ts';
import { probeV1Portal } from './probe.ts';
import { findV1Users, isLookedUp } from './search.ts';
import { v1SightOf } from './sight.ts';
import { userOf, userReader } from './user.ts';

/** Everything one reading needs before its first user. */
interface Reading {
  readonly portal: PortalFacts;
  readonly columns: readonly Column[];
  readonly fields: ReadonlyMap<string, CustomField>;
  readonly branch: string | undefined;
}

/** Reads the users of one portal by API v1: the list has their custom fields, so that few requests are enough. */
export class TalentLmsV1Reader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<Config>;
  readonly #client: TalentLmsClient;

  constructor(context: ConnectorContext<Config>) {
    this.#context = context;
    this.#client = new TalentLmsClient(context);
    this.shape = shapeOf(context.fields, 'v1');
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#context.clock.now());
    const { portal, columns, fields, branch } = await this.#open(want, signal);
    const members = branch === undefined ? undefined : await v1MembersOf(this.#client, branch, signal);
    const details = new UserDetails(this.#client, this.#context, [...fields.values()], (id, pass) =>
      this.#readUser(id, portal, pass),
    );
    const toRow = (user: Pick<ListedUser, 'item' | 'detail' | 'gone'>) =>
      rowOf(user, columns, members !== undefined && !members.has(idOf(user.item['id']) ?? ''));

    const toUser = userReader(want.attributes, portal.dateFormat);
    const list = readList(this.#client, 'users', portal.users, signal);
    const waiting: ListedUser[] = [];
    let page = await list.next();
    for (; page.done !== true; page = await list.next()) {
      const rest: JsonObject[] = [];
      const whole = page.value.flatMap((user) => {
        const known = toUser(user);
        if (details.isWhole(known.detail)) return [toRow(known)];
        rest.push(userOf(user, portal.dateFormat).item);
        return [];
      });
      if (whole.length > 0) yield whole;
      const recalled = rest.length === 0 ? [] : await details.recall(rest);
      waiting.push(...recalled.filter((user) => !details.isFresh(user)));
      yield recalled.filter((user) => details.isFresh(user)).map(toRow);
    }
    let missing = 0;
    if (waiting.length > 0) {
      await askForBudget(this.#client, signal);
      for await (const users of details.refresh(waiting, signal)) {
        missing += users.filter((user) => user.detail === undefined && user.gone !== true).length;
        yield users.map(toRow);
      }
    }
    // Called off after the last row, but before anybody may believe that it was the last.
    signal.throwIfAborted();
    const { pages, records, end } = page.value;
    return { pages, records, end, total: records, asOf, ...this.#client.budget.shortBy(missing) };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const attributes = keys.map((key) => key.attribute);
    const { portal, columns, fields, branch } = await this.#open(want, signal, attributes);
    const search = { keys, fields, columns, branch, format: portal.dateFormat };
    return findV1Users(this.#client, search, signal);
  }

  looksUp(attribute: string): boolean {
    return isLookedUp(attribute);
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    return resolveIntent(v1SightOf(this.#client, this), intent, signal);
  }

  /** Each portal has a host of its own. */
  account(): Promise<string> {
    return Promise.resolve(this.#client.host);
  }

  whyEmpty(attribute: string): string {
    return whyEmpty(attribute);
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probeV1Portal(this.#client, this.#context.config, signal);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** `also` are attributes to compare by, which are not handed over. */
  async #open(want: Want, signal: AbortSignal, also: readonly string[] = []): Promise<Reading> {
    const all = [...want.attributes, ...also];
    const portal = await readPortal(this.#client, this.#context.config, signal);
    const wantsCustom = all.some((name) => name.startsWith('custom.'));
    const known = wantsCustom ? await readV1Fields(this.#client, signal) : [];
    const fields = pickFields(this.#client, known, all);
    const columns = columnsOf(this.#client, all, fields, portal.dateFormat);
    const branch = await v1BranchOf(this.#client, want.scope, signal);
    return { portal, columns: columns.slice(0, want.attributes.length), fields, branch };
  }

  async #readUser(id: string, { dateFormat }: PortalFacts, signal: AbortSignal) {
    const user: JsonObject | 'deleted' | undefined = await getOne(
      this.#client,
      pathOf('users', { id }),
      signal,
    );
    return typeof user === 'object' ? userOf(user, dateFormat) : undefined;
  }
}

import { isoInstant } from '../../model/effects.ts';
import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { idOf } from '../json.ts';
import { branchOf, membersOf } from './branch.ts';
import { TalentLmsClient } from './client.ts';
import { UserDetails, type ListedUser } from './details.ts';
import { pickFields, readFields, type CustomField } from './fields.ts';
import { readPages } from './pages.ts';
import { probePortal } from './probe.ts';
import { resolveIntent } from './resolve.ts';
import { sightOf } from './sight.ts';
import { columnsOf, rowOf, type Column } from './rows.ts';
import { needsDetail, type Config } from './schema.ts';
import { findUsers, looksUp } from './search.ts';
import { shapeOf } from './shape.ts';
import { whyEmpty } from './why-empty.ts';
import { readUser } from './single.ts';

/** Everything one reading needs before its first user. */
interface Reading {
  readonly columns: readonly Column[];
  /** The custom fields wanted, by attribute. */
  readonly fields: ReadonlyMap<string, CustomField>;
  /** Left out when the list has all that is wanted. */
  readonly details: UserDetails | undefined;
  readonly branch: string | undefined;
}

/** Reads the users of one portal. */
export class TalentLmsReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<Config>;
  readonly #client: TalentLmsClient;

  constructor(context: ConnectorContext<Config>) {
    this.#context = context;
    this.#client = new TalentLmsClient(context);
    this.shape = shapeOf(context.fields, 'v2');
  }

  /**
   * The whole list of users first; users whose details are missing or old wait until its end, when it is known how
   * many requests are left for them. What could not be read any more is absent, and the receipt says so.
   */
  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#context.clock.now());
    const { columns, details, branch } = await this.#open(want, signal);
    const members = branch === undefined ? undefined : await membersOf(this.#client, branch, signal);
    const toRow = (user: Pick<ListedUser, 'item' | 'detail' | 'gone'>) =>
      rowOf(user, columns, members !== undefined && !members.has(idOf(user.item['id']) ?? ''));

    const list = readPages(this.#client, 'users', {}, signal);
    const waiting: ListedUser[] = [];
    let page = await list.next();
    for (; page.done !== true; page = await list.next()) {
      if (details === undefined) {
        yield page.value.map((item) => toRow({ item, detail: undefined }));
        continue;
      }
      const users = await details.recall(page.value);
      waiting.push(...users.filter((user) => !details.isFresh(user)));
      const fresh = users.filter((user) => details.isFresh(user));
      if (fresh.length > 0) yield fresh.map(toRow);
    }
    const { pages, total } = page.value;

    let missing = 0;
    if (details !== undefined) {
      for await (const users of details.refresh(waiting, signal)) {
        missing += users.filter((user) => user.detail === undefined && user.gone !== true).length;
        yield users.map(toRow);
      }
    }
    // Called off after the last row, but before anybody may believe that it was the last.
    signal.throwIfAborted();
    return {
      pages,
      records: total,
      end: 'total reached',
      total,
      asOf,
      ...this.#client.budget.shortBy(missing),
    };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const attributes = keys.map((key) => key.attribute);
    const { columns, fields, details, branch } = await this.#open(want, signal, attributes);
    const portal = { client: this.#client, context: this.#context, details, branch };
    return findUsers(portal, { keys, fields, columns }, signal);
  }

  looksUp(attribute: string): boolean {
    return looksUp(attribute);
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    return resolveIntent(sightOf(this.#client, this), intent, signal);
  }

  /** Each portal has a host of its own. */
  account(): Promise<string> {
    return Promise.resolve(this.#client.host);
  }

  whyEmpty(attribute: string): string {
    return whyEmpty(attribute);
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probePortal(this.#client, signal);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** `also` are attributes to compare by, which are not handed over. */
  async #open(want: Want, signal: AbortSignal, also: readonly string[] = []): Promise<Reading> {
    const all = [...want.attributes, ...also];
    const wantsCustom = all.some((name) => name.startsWith('custom.'));
    const known = wantsCustom ? await readFields(this.#client, signal) : [];
    const fields = pickFields(this.#client, known, all);
    const columns = columnsOf(this.#client, all, fields, this.#context.config.dateFormat);
    const details = all.some(needsDetail)
      ? new UserDetails(this.#client, this.#context, [...fields.values()], (id, pass) =>
          readUser(this.#client, id, pass),
        )
      : undefined;
    const branch = await branchOf(this.#client, want.scope, signal);
    return { columns: columns.slice(0, want.attributes.length), fields, details, branch };
  }
}

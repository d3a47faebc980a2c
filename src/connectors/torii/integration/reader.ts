import { isoInstant } from '../../../model/effects.ts';
import type { Intent, Resolution } from '../../../model/order.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { findByReading } from '../../find-by-reading.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { ToriiClient } from '../client.ts';
import { everyUser, pageSize } from '../listing.ts';
import { allowed } from '../missing.ts';
import type { IntegrationConfig, ToriiConfig } from '../schema.ts';
import { refuseScope } from '../scope.ts';
import { valuesOf, type Column } from '../values.ts';
import { accountOf, type AppFile } from './app-file.ts';
import {
  accountIdOf,
  appUserAttributes,
  appUserColumns,
  appUsersOf,
  canonicalForm,
  isActive,
  ofAccount,
} from './app-users.ts';
import { integrationOf } from './config.ts';
import { loadFile } from './load.ts';

/** Reads the users of one account of an application (`GET /apps/{idApp}/users`). */
export class IntegrationReader implements Reader {
  readonly shape: Shape = {
    system: 'Torii',
    abilities: { create: true, update: true, enable: true, disable: true, delete: false },
    attributes: appUserAttributes,
    canonical: canonicalForm,
    delivers: false,
  };
  readonly #context: ConnectorContext<ToriiConfig>;
  readonly #config: IntegrationConfig;
  readonly #client: ToriiClient;
  /** The account when an order was last looked for, and that moment (ms). */
  #looked: { readonly file: AppFile; readonly at: number } | undefined;

  constructor(context: ConnectorContext<ToriiConfig>) {
    this.#context = context;
    this.#config = integrationOf(context);
    this.#client = new ToriiClient(context);
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    refuseScope(want, this.#client);
    const asOf = isoInstant(this.#context.clock.now());
    const columns = want.attributes.map((name) => this.#column(name));
    const walk = everyUser(this.#client, appUsersOf(this.#config), signal);
    let records = 0;
    for (let step = await walk.next(); ; step = await walk.next()) {
      if (step.done === true) {
        const { pages } = step.value;
        return { pages, records, total: records, end: 'total reached, no further cursor', asOf };
      }
      const rows = ofAccount(step.value, this.#config, this.#client).map((item) => rowOf(item, columns));
      records += rows.length;
      if (rows.length > 0) yield rows;
    }
  }

  find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    return findByReading(this, want, keys, signal);
  }

  looksUp(): boolean {
    return false;
  }

  /** The list as it is now tells: a user is as the file had them, or the file was not taken over (yet). */
  async resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    const at = this.#context.clock.now();
    // After a crash a thousand are asked for one after the other: the list is read once for all of them.
    if (this.#looked === undefined || at - this.#looked.at > 2_000)
      this.#looked = { file: await loadFile(this.#client, this.#config, signal), at };
    return this.#looked.file.shows(intent)
      ? { state: 'done', accountId: accountOf(intent) }
      : { state: 'not-done' };
  }

  /** One account of one organisation: what another one of the two is, is another one. */
  async account(signal: AbortSignal): Promise<string> {
    return `${await this.#client.organisation(signal)}/${this.#config.account}`;
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const missing: string[] = [];
    const account = await this.account(signal);
    const { app } = this.#config;
    const list = await allowed(
      () => this.#client.get(600, `apps/${app}/users`, { size: 1 }, signal),
      missing,
      `the users of application ${app} cannot be read; give the key that right in Torii (Settings > API Access), or check config.customIntegration.app`,
    );
    const total = isObject(list) ? list['total'] : undefined;
    const pages =
      typeof total === 'number' ? { requests: Math.max(1, Math.ceil(total / pageSize)) } : undefined;
    return {
      account,
      fields: appUserAttributes,
      missing,
      ...(pages === undefined ? {} : { cost: { ...pages, limitPerHour: 36_000 } }),
    };
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #column(name: string): Column {
    const column = appUserColumns.get(name);
    if (column !== undefined) return column;
    const way = 'correct the name (`connection fields` lists them)';
    throw this.#client.stalled(
      'AttributeUnknown',
      `users of an application have no attribute "${name}"; ${way}`,
    );
  }
}

function rowOf(item: JsonObject, columns: readonly Column[]): Row {
  return { id: accountIdOf(item), active: isActive(item), ...valuesOf(item, columns) };
}

import { isoInstant } from '../../model/effects.ts';
import { Stalled } from '../../model/error.ts';
import type { Connect, Connecting, ConnectorContext } from '../connector.ts';
import type { JsonObject } from '../json.ts';
import { knownAccountToken } from './account-token.ts';
import { MergeClient } from './client.ts';
import type { Config } from './schema.ts';

const askEveryMs = 15_000;
/** A webhook with the token comes within seconds of the link. */
const tokenPatienceMs = 180_000;

/**
 * Links the HR system of the config's end user by a page of Merge's that expires ("Magic Link"). An account that this end
 * user has already is linked again: it keeps its ids, its copy and its token ("Relinking").
 */
export const connect: Connect<Config> = {
  about: 'links the HR system by a page of Merge, opened by an administrator of the HR system',
  whyNot: ({ endUser }) =>
    endUser === undefined ? 'add `endUser: { originId, organization, email }` to its config' : undefined,
  begin: (context, _how, signal) => new Linking(context).begin(signal),
};

class Linking {
  readonly #context: ConnectorContext<Config>;
  readonly #originId: string;
  /** What was linked and could be read before. */
  #before: JsonObject | undefined;
  #linkedAt: number | undefined;

  constructor(context: ConnectorContext<Config>) {
    this.#context = context;
    this.#originId = context.config.endUser?.originId ?? '';
  }

  async begin(signal: AbortSignal): Promise<Connecting> {
    const { config, clock } = this.#context;
    const { endUser, integration, linkExpiryMinutes } = config;
    const url = await this.#with(async (client) => {
      const before = await this.#linked(client, signal);
      if (before !== undefined && (await this.#hasToken(client, before, signal))) this.#before = before;
      const link = await client.linkToken(
        {
          end_user_origin_id: this.#originId,
          end_user_organization_name: endUser?.organization ?? '',
          end_user_email_address: endUser?.email ?? '',
          categories: ['hris'],
          should_create_magic_link_url: true,
          link_expiry_mins: linkExpiryMinutes,
          ...(integration === undefined ? {} : { integration }),
        },
        signal,
      );
      const { magic_link_url: page } = link;
      if (typeof page !== 'string' || !URL.canParse(page)) throw client.unexpected('no set-up link');
      return page;
    });
    return {
      url,
      expiresAt: isoInstant(clock.now() + linkExpiryMinutes * 60_000),
      done: {
        kind: 'asked',
        everyMs: askEveryMs,
        ask: (asking) => this.#with((client) => this.#ask(client, asking)),
      },
    };
  }

  /** True once the account is linked and its token is at hand: the spec's own, or the one that Merge's webhook brought. */
  async #ask(client: MergeClient, signal: AbortSignal): Promise<boolean> {
    const account = await this.#linked(client, signal);
    if (account === undefined || account['status'] !== 'COMPLETE' || this.#isAsBefore(account)) return false;
    if (await this.#hasToken(client, account, signal)) return true;
    const now = this.#context.clock.monotonic();
    this.#linkedAt ??= now;
    if (now - this.#linkedAt >= tokenPatienceMs) throw this.#withoutToken();
    return false;
  }

  /** A client for each step: days may lie between two of them. */
  async #with<T>(work: (client: MergeClient) => Promise<T>): Promise<T> {
    const client = new MergeClient(this.#context);
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }

  async #hasToken(client: MergeClient, account: JsonObject, signal: AbortSignal): Promise<boolean> {
    const token = await knownAccountToken(this.#context, client.host);
    return token !== undefined && (await client.tokenIsOf(token, account['id'], signal));
  }

  async #linked(client: MergeClient, signal: AbortSignal): Promise<JsonObject | undefined> {
    const accounts = await client.linkedAccounts(this.#originId, signal);
    return accounts.find(({ status }) => status === 'COMPLETE') ?? accounts[0];
  }

  /** Could be read when the page was made already, and was not linked again since. */
  #isAsBefore(account: JsonObject): boolean {
    const before = this.#before;
    return (
      before?.['id'] === account['id'] &&
      before?.['status'] === 'COMPLETE' &&
      before['completed_at'] === account['completed_at']
    );
  }

  #withoutToken(): Stalled {
    const { connection, secrets } = this.#context;
    const why =
      secrets['accountToken'] === undefined
        ? 'Merge tells its token to no request'
        : 'the credential accountToken is of another one';
    const message =
      `connection ${connection}: the HR system is linked, and ${why}; copy it from Merge's dashboard (Linked Accounts > the ` +
      `account) into the credential accountToken, or have Merge's webhook "Linked Account linked" sent to the daemon at ` +
      `/hooks/${connection} and connect again`;
    return new Stalled('AccountTokenMissing', message, { connection });
  }
}

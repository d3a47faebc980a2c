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
  async begin(context, _how, signal) {
    const linking = new Linking(context);
    return await linking.orClose(() => linking.begin(signal));
  },
};

class Linking {
  readonly #context: ConnectorContext<Config>;
  readonly #client: MergeClient;
  readonly #originId: string;
  /** What was linked and could be read before. */
  #before: JsonObject | undefined;
  #linkedAt: number | undefined;

  constructor(context: ConnectorContext<Config>) {
    this.#context = context;
    this.#client = new MergeClient(context);
    this.#originId = context.config.endUser?.originId ?? '';
  }

  /** Nobody asks any more after a failure. */
  async orClose<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.#client.close();
      throw error;
    }
  }

  async begin(signal: AbortSignal): Promise<Connecting> {
    const { config, clock } = this.#context;
    const { endUser, integration, linkExpiryMinutes } = config;
    const before = await this.#linked(signal);
    if (before !== undefined && (await this.#hasToken(before, signal))) this.#before = before;
    const link = await this.#client.linkToken(
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
    const { magic_link_url: url } = link;
    if (typeof url !== 'string' || !URL.canParse(url)) throw this.#client.unexpected('no set-up link');
    return {
      url,
      expiresAt: isoInstant(clock.now() + linkExpiryMinutes * 60_000),
      done: { kind: 'asked', everyMs: askEveryMs, ask: (asking) => this.orClose(() => this.#ask(asking)) },
    };
  }

  /** True once the account is linked and its token is at hand: the spec's own, or the one that Merge's webhook brought. */
  async #ask(signal: AbortSignal): Promise<boolean> {
    const account = await this.#linked(signal);
    if (account === undefined || account['status'] !== 'COMPLETE' || this.#isAsBefore(account)) return false;
    if (await this.#hasToken(account, signal)) {
      await this.#client.close();
      return true;
    }
    const now = this.#context.clock.monotonic();
    this.#linkedAt ??= now;
    if (now - this.#linkedAt >= tokenPatienceMs) throw this.#withoutToken();
    return false;
  }

  async #hasToken(account: JsonObject, signal: AbortSignal): Promise<boolean> {
    const token = await knownAccountToken(this.#context, this.#client.host);
    return token !== undefined && (await this.#client.tokenIsOf(token, account['id'], signal));
  }

  async #linked(signal: AbortSignal): Promise<JsonObject | undefined> {
    const accounts = await this.#client.linkedAccounts(this.#originId, signal);
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

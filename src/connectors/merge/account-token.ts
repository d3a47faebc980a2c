import { secretRefused } from '../../http/failure.ts';
import { Stalled } from '../../model/error.ts';
import type { ConnectorContext } from '../connector.ts';

/** Under this name the token of the linked account is kept, which `connection connect` brings. */
export const accountTokenName = 'accountToken';

type Context = Pick<ConnectorContext, 'connection' | 'secrets' | 'tokens'>;

/** The token of the linked account for this host: the one of the spec, else the one that was kept; `undefined` before either. */
export async function knownAccountToken(
  { connection, secrets, tokens }: Context,
  host: string,
): Promise<string | undefined> {
  const secret = secrets['accountToken'] ?? (await tokens.recall(accountTokenName));
  try {
    return secret?.reveal(host);
  } catch (error) {
    throw error instanceof RangeError ? secretRefused(connection, error.message) : error;
  }
}

/** Throws `Stalled` with the way out where there is none. */
export async function accountTokenOf(context: Context, host: string): Promise<string> {
  const token = await knownAccountToken(context, host);
  if (token !== undefined) return token;
  const { connection } = context;
  const message =
    `connection ${connection}: no HR system is linked yet; run rosterd connection connect ${connection}, ` +
    "or give it the credential accountToken (in Merge's dashboard: Linked Accounts > the account)";
  throw new Stalled('NotConnected', message, { connection });
}

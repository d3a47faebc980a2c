import type SftpClient from 'ssh2-sftp-client';
import { deadline } from '../../http/deadline.ts';
import { secretRefused } from '../../http/failure.ts';
import { Stalled, SyncError, Waiting } from '../../model/error.ts';
import type { ConnectorContext } from '../connector.ts';
import { algorithms } from './algorithms.ts';
import { hostKeyChanged, hostKeyOf, isPinned, type HostKey } from './host-key.ts';
import { hostOf, type SftpConfig } from './schema.ts';
import { SftpSession } from './session.ts';

/** What a login needs of a connection. */
export type SftpContext = Pick<ConnectorContext, 'connection' | 'secrets' | 'sockets'>;

/** From the first byte to the moment in which files can be asked for. */
const loginMs = 30_000;

/**
 * Logs in. The order is what keeps the credentials: they are bound to the host by the operator before anything is sent,
 * the addresses are those that the operator's policy was asked about, and the server has proved the pinned key before it
 * gets to see who we are. Throws `Stalled` where any of them fails, `Waiting` where nobody answers.
 */
export async function login(
  config: SftpConfig,
  context: SftpContext,
  signal: AbortSignal,
): Promise<SftpSession> {
  const { connection, sockets } = context;
  const credentials = credentialsFor(config, context);
  const { default: Client } = await import('ssh2-sftp-client');
  const client = new Client(connection, { error: () => {}, end: () => {}, close: () => {} });
  const sock = await sockets(config.host, config.port, signal);
  let shown: HostKey | undefined;
  let broken: unknown;
  client.on('error', (error: unknown) => (broken ??= error));
  answerPrompts(client, credentials.password);
  using limit = deadline('read', loginMs, signal);
  limit.signal.addEventListener('abort', () => sock.destroy(), { once: true });
  try {
    const sftp = await client.connect({
      ...credentials,
      sock,
      username: config.user,
      authHandler: methodsFor(credentials),
      tryKeyboard: credentials.password !== undefined,
      algorithms: algorithms(config.oldAlgorithms),
      hostVerifier: (key: Buffer) => isPinned((shown = hostKeyOf(key)), config),
      readyTimeout: loginMs,
      keepaliveInterval: 15_000,
      keepaliveCountMax: 3,
    });
    return new SftpSession(client, sftp);
  } catch (error) {
    sock.destroy();
    if (signal.aborted) throw signal.reason;
    if (shown !== undefined && !isPinned(shown, config)) throw hostKeyChanged(shown, config, connection);
    throw failedLogin(broken ?? error, shown !== undefined, config, connection);
  }
}

interface Credentials {
  readonly password?: string;
  readonly privateKey?: string;
  readonly passphrase?: string;
}

function credentialsFor(config: SftpConfig, { connection, secrets }: SftpContext): Credentials {
  const host = hostOf(config);
  const reveal = (name: keyof Credentials): Credentials => {
    const secret = secrets[name];
    try {
      return secret === undefined ? {} : { [name]: secret.reveal(host) };
    } catch (error) {
      throw secretRefused(connection, (error as Error).message);
    }
  };
  const found = { ...reveal('password'), ...reveal('privateKey'), ...reveal('passphrase') };
  if (found.password !== undefined || found.privateKey !== undefined) return found;
  const message = `connection ${connection}: a login on ${host} needs a password or a privateKey; add one under credentials`;
  throw new Stalled('NoCredential', message, { connection });
}

type Method = 'publickey' | 'password' | 'keyboard-interactive';

/** A server may ask for one after the other. */
function methodsFor({ password, privateKey }: Credentials): Method[] {
  return [
    ...(privateKey === undefined ? [] : ['publickey' as const]),
    ...(password === undefined ? [] : ['password' as const, 'keyboard-interactive' as const]),
  ];
}

/** Some servers ask for the password by a prompt: one, hidden. Whatever else they ask gets no answer. */
function answerPrompts(client: SftpClient, password: string | undefined): void {
  type Prompt = { readonly echo?: boolean };
  client.on(
    'keyboard-interactive',
    (
      ...[, , , prompts, finish]: [string, string, string, readonly Prompt[], (answers: string[]) => void]
    ) => {
      const [only] = prompts;
      const asks = prompts.length === 1 && only?.echo !== true && password !== undefined;
      finish(asks ? [password] : []);
    },
  );
}

function failedLogin(
  error: unknown,
  wasVerified: boolean,
  config: SftpConfig,
  connection: string,
): SyncError {
  if (error instanceof SyncError) return error;
  const host = hostOf(config);
  const { level, message: words = '' } = error as { readonly level?: string; readonly message?: string };
  const stalled = (reason: string, message: string) => new Stalled(reason, message, { connection });
  if (level === 'client-authentication') {
    return stalled(
      'AuthenticationFailed',
      `check the credentials of connection ${connection}; they were refused by ${host} for the login "${config.user}" (\`sftp.user\` of its config)`,
    );
  }
  if (/privateKey|private key/i.test(words)) {
    return stalled(
      'KeyUnreadable',
      `connection ${connection}: the credential privateKey cannot be read; it must be an OpenSSH or PEM key, with the credential passphrase where it is encrypted`,
    );
  }
  if (/no matching/i.test(words)) {
    return stalled(
      'NoCommonAlgorithm',
      `connection ${connection}: ${host} knows only algorithms that are no longer held to be safe; set oldAlgorithms where its operators cannot help`,
    );
  }
  if (wasVerified && /subsystem|channel/i.test(words)) {
    return stalled(
      'NoSftp',
      `connection ${connection}: ${host} offers this login no SFTP; ask its operators for it`,
    );
  }
  const what = `connection ${connection}: the login on ${host} broke off; it is tried again later`;
  return new Waiting('Unreachable', what, { connection, cause: error });
}

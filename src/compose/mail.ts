import type { Workspace } from './workspace.ts';
import { openMailServer, type MailServer } from '../notify/mail.ts';
import { createOutbox } from '../notify/outbox.ts';
import { resolveOwnSecret } from '../operator/secrets.ts';
import { connectToDaemon } from '../server/client.ts';

/** The operator's mail server; `undefined` where none is configured. */
export function openMail({ config, options }: Workspace): MailServer | undefined {
  const { smtp } = config;
  if (smtp === undefined) return undefined;
  const { host, port, from, user, password, tls } = smtp;
  return openMailServer({
    host,
    port,
    from,
    tls: tls === 'off' ? 'none' : tls,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined
      ? {}
      : { password: resolveOwnSecret(password, [host, `${host}:${port}`], config, options.env) }),
  });
}

/**
 * Hands over the mails that wait in the store, for a command that made a pass without a daemon. Where a daemon runs on
 * this data folder it does that itself. Never rejects for a mail that is not taken: it waits for the next time.
 */
export async function deliverMail(workspace: Workspace, signal: AbortSignal): Promise<void> {
  const { config, options, telemetry } = workspace;
  if (config.smtp === undefined || (await daemonRuns(config.data))) return;
  const server = openMail(workspace);
  if (server === undefined) return;
  try {
    await createOutbox(await workspace.store(), server, options.clock, telemetry).deliver(signal);
  } finally {
    server.close();
  }
}

async function daemonRuns(data: string): Promise<boolean> {
  return await connectToDaemon(data)
    .then(async (client) => await client.status())
    .then(
      () => true,
      () => false,
    );
}

import type { Workspace } from './workspace.ts';
import { createDaemon, type Daemon } from '../daemon/daemon.ts';
import { createNotifier } from '../notify/create-notifier.ts';
import type { MailServer } from '../notify/mail.ts';
import { resolveOwnSecret } from '../operator/secrets.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { Stalled } from '../model/error.ts';
import { connectToDaemon } from '../server/client.ts';
import { closeDoor, openDoor } from '../server/door.ts';
import { listen } from '../server/listen.ts';
import { createServer } from '../server/server.ts';
import type { ApiToken } from '../server/tokens.ts';
import { openMail } from './mail.ts';
import { keepToken, thisProcess, webhookOf } from './webhooks.ts';
import { loadCheckout, revisionSource } from './specs.ts';

/** Runs the daemon and its server until the signal aborts. Rejects when it cannot begin: a taken address, no specs. */
export async function runDaemon(
  workspace: Workspace,
  signal: AbortSignal,
  listening: (url: string) => void,
): Promise<void> {
  const { config, options, telemetry } = workspace;
  await refuseSecond(config.data);
  const store = await workspace.store();
  const mail = openMail(workspace);
  const daemon = await composeDaemon(workspace, mail);
  const ownToken = Buffer.from(options.random.bytes(32)).toString('base64url');
  const own: ApiToken = { name: 'this machine', role: 'operator', token: ownToken };
  const app = createServer({ daemon, store, telemetry, tokens: [own, ...tokensOf(workspace)] });
  const server = await listen(app, { ...config.listen, clock: options.clock });
  try {
    await openDoor(config.data, { url: server.url, token: ownToken, pid: process.pid });
    telemetry.log.info({ url: server.url, installation: config.installation }, 'listening');
    listening(server.url);
    await daemon.run(signal);
  } finally {
    await closeDoor(config.data);
    await server.close();
    mail?.close();
  }
}

/** Two of them would answer for each other: commands find the daemon by its data folder. */
async function refuseSecond(data: string): Promise<void> {
  const running = await connectToDaemon(data)
    .then(async (client) => await client.status())
    .catch(() => undefined);
  if (running === undefined) return;
  const message = `a daemon runs with the data folder ${data} already; stop it, or give this one a folder of its own with --data`;
  throw new Stalled('AlreadyRunning', message);
}

async function composeDaemon(workspace: Workspace, mail: MailServer | undefined): Promise<Daemon> {
  const { options, telemetry } = workspace;
  const { clock, random } = options;
  const store = await workspace.store();
  return createDaemon({
    source: await revisionSource(workspace),
    load: (checkout) => loadCheckout(workspace, checkout),
    reconcile: async (name, specs, trigger, signal, probes, scope) => {
      const sync = specs.syncs.get(name);
      if (sync === undefined) throw new Stalled('NoSuchSync', `no sync is named "${name}"`);
      const pass = await workspace.openPass(sync, specs, trigger, undefined, probes, scope);
      try {
        return await reconcile(pass.deps, signal);
      } finally {
        await pass.close();
      }
    },
    store,
    clock,
    random,
    telemetry,
    passLimitMs: workspace.config.passLimitMs,
    webhook: (connection) => webhookOf(workspace, connection),
    keepToken: (connection, name, text) => keepToken(workspace, store, connection, { name, text }),
    webhookQuietMs: workspace.config.webhooks.quietMs,
    notify: createNotifier({ store, clock, random, telemetry, mail }),
  });
}

function tokensOf({ config, options }: Workspace): readonly ApiToken[] {
  return config.tokens.map(({ name, role, token }) => {
    const secret = resolveOwnSecret(token, [thisProcess], config, options.env);
    return { name, role, token: secret.reveal(thisProcess) };
  });
}

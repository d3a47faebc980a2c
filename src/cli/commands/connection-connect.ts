import { createInterface } from 'node:readline/promises';
import type { Connecting } from '../../connectors/connector.ts';
import { Stalled, SyncError, Waiting } from '../../model/error.ts';
import { awaitBrowser, isHere } from '../callback.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { connectionNamed } from './connection-test.ts';

interface Options {
  readonly name: string;
  /** Where the vendor's page sends the browser back to, as it is registered there. */
  readonly redirect: string;
  readonly waitMs: number;
}

/** Lets a person connect with a browser; what the system gives us to keep lies sealed in the store afterwards. */
export async function run({ name, redirect, waitMs }: Options, context: CliContext): Promise<ExitCode> {
  const { out, workspace, random, signal } = context;
  const opened = await workspace();
  const connection = connectionNamed(name, await opened.loadConnections());
  const state = Buffer.from(random.bytes(24)).toString('base64url');
  const connecting = await opened.connect(connection, { redirectUri: redirect, state }, signal);
  const until = untilOf(connecting, waitMs, context);
  const show = () => tell(connecting, name, context);
  try {
    if (connecting.done.kind === 'asked') {
      show();
      await askUntilDone(name, connecting.done, until, context);
    } else {
      const answer = await answerOf(name, { redirect: new URL(redirect), state, until, show }, context);
      await connecting.done.redeem(answer, signal);
    }
  } catch (error) {
    if (!signal.aborted || error instanceof SyncError) throw error;
    throw stoppedWaiting(name, connecting);
  }
  out.say(`${name} is connected; see what it may read with: rosterd connection test ${name}`);
  return Exit.settled;
}

function tell({ url, expiresAt }: Connecting, name: string, { out }: CliContext): void {
  if (out.format === 'json') {
    out.print(JSON.stringify({ connection: name, url, expiresAt: expiresAt ?? null }));
    return;
  }
  const ends = expiresAt === undefined ? '' : `, before ${expiresAt}`;
  out.say(
    `open this page as somebody who may connect ${name}${ends}; whoever opens it connects, so pass it on with care:`,
  );
  out.print(url);
}

/** On the steady clock (ms): as long as was said, and never past the page's own end. */
function untilOf({ expiresAt }: Connecting, waitMs: number, { clock }: CliContext): number {
  const left = expiresAt === undefined ? waitMs : Date.parse(expiresAt) - clock.now();
  return clock.monotonic() + Math.min(waitMs, Number.isNaN(left) ? waitMs : Math.max(0, left));
}

/** Away for a while is not refused: whoever has the page may take days. */
async function askUntilDone(
  name: string,
  done: Extract<Connecting['done'], { kind: 'asked' }>,
  until: number,
  { clock, signal }: CliContext,
): Promise<void> {
  for (;;) {
    try {
      if (await done.ask(signal)) return;
    } catch (error) {
      if (!(error instanceof Waiting) || clock.monotonic() >= until) throw error;
    }
    if (clock.monotonic() >= until) {
      throw notYet(name, `where somebody does it later, it shows in: rosterd connection test ${name}`);
    }
    await clock.sleep(done.everyMs, signal);
  }
}

async function answerOf(
  name: string,
  how: {
    readonly redirect: URL;
    readonly state: string;
    readonly until: number;
    readonly show: () => void;
  },
  context: CliContext,
): Promise<URLSearchParams> {
  const { clock, signal } = context;
  const browser = isHere(how.redirect) ? await awaitBrowser(how.redirect, how.state, clock) : undefined;
  // Not before somebody listens: a browser may be back at once.
  how.show();
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  const late = clock
    .sleep(how.until - clock.monotonic(), ends)
    .then(() => Promise.reject(notYet(name, 'run the command again for a new page')));
  try {
    return await Promise.race([browser?.parameters ?? pasted(name, how.state, context, ends), late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
    await browser?.close();
  }
}

/** For a browser that cannot come back to here: in a cluster, behind a vendor that takes https alone. */
async function pasted(
  name: string,
  state: string,
  { out }: CliContext,
  signal: AbortSignal,
): Promise<URLSearchParams> {
  out.say('then paste the address of the page that it ends at, and press Enter:');
  const lines = createInterface({ input: process.stdin });
  // A standard input that ends leaves the question open for ever.
  const ended = new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
  });
  try {
    const address = await Promise.race([lines.question('', { signal }), ended]);
    const { searchParams } = new URL(address.trim());
    if (searchParams.get('state') === state) return searchParams;
  } catch (error) {
    if (signal.aborted) throw error;
  } finally {
    lines.close();
  }
  const message = `connection ${name}: this is not the address of a page that answers this attempt; nothing was changed, start again`;
  throw new Stalled('NotConnected', message, { connection: name });
}

function notYet(name: string, wayOut: string): Waiting {
  const message = `connection ${name}: nobody has finished the page in time (--wait 1h waits longer); ${wayOut}`;
  return new Waiting('NotConnectedYet', message, { connection: name });
}

/** What becomes of the page once nobody waits here any more. */
function stoppedWaiting(name: string, { done, expiresAt }: Connecting): Waiting {
  const until = expiresAt === undefined ? '' : ` until ${expiresAt}`;
  const page =
    done.kind === 'asked'
      ? `the page stays good${until}, and whoever finishes it connects, which shows in: rosterd connection test ${name}`
      : 'its page leads nowhere any more; run the command again for a new one';
  return new Waiting('Stopped', `connection ${name}: nobody is waited for any more; ${page}`, {
    connection: name,
  });
}

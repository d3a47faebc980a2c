import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { cached, endOf, type Ended } from '../cli/bench.ts';
import { runHere } from '../cli/in-process.ts';
import { rosterdMain } from '../demo/commands.ts';
import { startSmtpSink, type SmtpSink } from '../notify/smtp-sink.ts';
import { startScim, type ScimServer } from '../vendors/scim/server.ts';
import { config, secrets, specs } from './specs.ts';

/** Everything that nobody may find anywhere has this in it; ids of people do not. */
export const canary = 'canary';

/** A whole installation, all of whose ways out are watched. */
export class SecrecyBench {
  readonly scim: ScimServer;
  readonly mail: SmtpSink;
  readonly #root: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(scim: ScimServer, mail: SmtpSink, root: string) {
    this.scim = scim;
    this.mail = mail;
    this.#root = root;
    this.#env = { ...cached, ...secrets, SCIM_URL: scim.url, LISTS: join(root, 'lists'), NO_COLOR: '1' };
  }

  static async open(): Promise<SecrecyBench> {
    const scim = await startScim({ token: secrets.SCIM_TOKEN });
    const mail = await startSmtpSink();
    const root = mkdtempSync(join(tmpdir(), 'rosterd-secrecy-'));
    for (const folder of ['specs', 'lists']) mkdirSync(join(root, folder));
    writeFileSync(join(root, 'specs/specs.yaml'), specs);
    writeFileSync(join(root, 'rosterd.config.yaml'), config(mail.port));
    onTestFinished(async () => {
      await scim.stop();
      await mail.close();
      rmSync(root, { recursive: true });
    });
    return new SecrecyBench(scim, mail, root);
  }

  hr(lines: readonly string[]): void {
    writeFileSync(join(this.#root, 'lists/staff.csv'), lines.join('\n'));
  }

  /** A command in this process. */
  async command(...args: readonly string[]): Promise<Ended> {
    return await runHere(args, this.#root, this.#env);
  }

  /** The daemon as a process, while `work` is at it: what it has said, log included. */
  async daemon(work: (url: string) => Promise<void>): Promise<Ended> {
    const child = spawn(process.execPath, [rosterdMain, 'daemon'], {
      cwd: this.#root,
      env: { PATH: process.env['PATH'], ...this.#env },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = endOf(child);
    const url = await new Promise<string>((found) => {
      child.stderr.on('data', (part: Buffer) => {
        const at = /listening on (\S+)/.exec(part.toString())?.[1];
        if (at !== undefined) found(at);
      });
    });
    await work(url);
    child.kill('SIGTERM');
    return await ended;
  }

  /** Every file that rosterd has written, with its name. */
  files(): readonly { readonly name: string; readonly bytes: Buffer }[] {
    return readdirSync(join(this.#root, 'data'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }));
  }
}

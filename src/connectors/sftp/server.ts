import { login, type SftpContext } from './login.ts';
import type { SftpConfig } from './schema.ts';
import type { SftpSession } from './session.ts';

/** One server, logged in to when it is first asked, and again after it has ended the session. */
export class SftpServer {
  readonly #config: SftpConfig;
  readonly #context: SftpContext;
  #session: SftpSession | undefined;

  constructor(config: SftpConfig, context: SftpContext) {
    this.#config = config;
    this.#context = context;
  }

  async session(signal: AbortSignal): Promise<SftpSession> {
    if (this.#session?.isOpen !== true) this.#session = await login(this.#config, this.#context, signal);
    return this.#session;
  }

  async close(): Promise<void> {
    await this.#session?.end();
  }
}

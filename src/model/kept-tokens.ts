import type { Secret } from './secret.ts';

/**
 * What a system gave this connection to keep and may take back: a refresh token that is replaced at each use, the token of
 * a linked account. Sealed at rest; never in a log, a plan or an error.
 */
export interface KeptTokens {
  /** The token that was kept last, for the hosts it was kept for; `undefined` before anybody connected. */
  recall(name: string): Promise<Secret | undefined>;
  /** On disk when it resolves: the token that this one replaces may be worth nothing any more. */
  keep(name: string, token: KeptToken): Promise<void>;
  /** Everything that is kept for this connection; how many there were. */
  forget(): Promise<number>;
  /**
   * Runs `work` while no other process does so for this connection, so that a token that may be used once is used once.
   * `work` recalls the token anew: another process may have replaced it meanwhile.
   */
  alone<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export interface KeptToken {
  readonly text: string;
  /** `host` or `host:port` that it may be sent to, and no others, whatever the specs say later. */
  readonly hosts: readonly string[];
}

/**
 * The class is the fate of the pass: `Waiting` is tried again without anybody doing something, `Stalled` waits for a
 * person to change a spec, a secret or a permission.
 *
 * `reason` is one stable CamelCase word for metrics and conditions. `message` is for a person, names the place, the
 * thing and the way out, and holds no secret and no person's value.
 */
export abstract class SyncError extends Error {
  abstract readonly fate: 'waiting' | 'stalled';
  readonly reason: string;
  /** Connection that failed, where it is one. */
  readonly connection: string | undefined;

  constructor(reason: string, message: string, options: { cause?: unknown; connection?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.reason = reason;
    this.connection = options.connection;
  }
}

export class Waiting extends SyncError {
  readonly fate = 'waiting';
  /** Earliest moment of the next try in ms from now, where the other side named one. */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: string,
    message: string,
    options: { cause?: unknown; connection?: string; retryAfterMs?: number } = {},
  ) {
    super(reason, message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

export class Stalled extends SyncError {
  readonly fate = 'stalled';
}

/** One thing wrong with what a person wrote, with its place. Many are reported at once. */
export interface Finding {
  /** Stable code, for example `spec/unknown-key`. */
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly suggestion?: string;
}

/** Specs or configuration at fault: refused whole, with every finding. Exit code 1. */
export class Invalid extends Error {
  override readonly name = 'Invalid';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(formatFinding).join('\n'));
    this.findings = findings;
  }
}

/** `file:line:column: message (code)`, with the suggestion on the same line. */
export function formatFinding(finding: Finding): string {
  const { file, line, column, message, suggestion, code } = finding;
  const hint = suggestion === undefined ? '' : `; ${suggestion}`;
  return `${file}:${line}:${column}: ${message}${hint} [${code}]`;
}

/** The error as a sentence, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

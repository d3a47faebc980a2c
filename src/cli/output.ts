/** Where a command talks to. Data goes to stdout, talk to stderr. */
export interface Output {
  readonly format: 'text' | 'json' | 'markdown';
  /** Data: what a pipe reads. */
  print(text: string): void;
  /** Talk: what a person reads. */
  say(text: string): void;
  /** One line that is overwritten; nothing where stderr is no terminal. */
  progress(text: string): void;
  /** Whether colour is welcome on stdout. */
  readonly colour: boolean;
}

/** `lost` is told that what was said did not arrive (a full disk): the command goes on with what it does. */
export function createOutput(
  format: Output['format'],
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
  lost: (error: NodeJS.ErrnoException) => void,
): Output {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`| head`) ends the pipe, not the command.
      if (error.code !== 'EPIPE') lost(error);
    });
  }
  let onLine = false;
  const clear = () => {
    if (onLine) stderr.write('\r\u001B[2K');
    onLine = false;
  };
  return {
    format,
    colour: format === 'text' && stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
    print(text) {
      clear();
      stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    say(text) {
      clear();
      stderr.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    progress(text) {
      if (!stderr.isTTY) return;
      stderr.write(`\r\u001B[2K${text}`);
      onLine = true;
    },
  };
}

/** Columns as wide as their widest cell, as the terminal counts: by grapheme. */
export function table(rows: readonly (readonly string[])[]): string {
  const segmenter = new Intl.Segmenter();
  const width = (text: string) => [...segmenter.segment(text)].length;
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, width(cell));
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - width(cell)),
      )
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

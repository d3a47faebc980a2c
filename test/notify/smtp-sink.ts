import type { AddressInfo, Socket } from 'node:net';

import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers by lower-case name, unfolded and decoded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly raw: string;
}

/** A real mail server on loopback that keeps what it gets. */
export interface SmtpSink {
  readonly host: string;
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** The next mails get this answer after their data: a code and a text, or the connection is cut without one. */
  failNext(times: number, how: { code: number } | 'drop-after-data'): void;
  /** Recipients with this address are refused with 550. */
  refuse(address: string): void;
  close(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const refused = new Set<string>();
  let fault: { left: number; how: { code: number } | 'drop-after-data' } | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      done(refused.has(address) ? withCode(550) : undefined);
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const how = fault !== undefined && fault.left > 0 ? fault.how : undefined;
        if (fault !== undefined) fault.left -= 1;
        if (how !== undefined && how !== 'drop-after-data') {
          done(withCode(how.code));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        mails.push(
          parse(
            Buffer.concat(parts).toString('utf8'),
            from,
            rcptTo.map(({ address }) => address),
          ),
        );
        // The mail is taken, and nobody hears of it.
        if (how === 'drop-after-data') for (const socket of sockets) socket.destroy();
        else done();
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    mails,
    failNext: (left, how) => {
      fault = { left, how };
    },
    refuse: (address) => refused.add(address),
    close: async () =>
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  };
}

function withCode(code: number): Error {
  return Object.assign(new Error('not now'), { responseCode: code });
}

function parse(raw: string, from: string, to: readonly string[]): ReceivedMail {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/s);
    headers.set(name.toLowerCase(), decodeWords(value));
  }
  const body = rest.join('\r\n\r\n').replaceAll('\r\n', '\n');
  const printable = headers.get('content-transfer-encoding') === 'quoted-printable';
  return { from, to, headers, text: printable ? decodeQuoted(body) : body, raw };
}

/** RFC 2047, as far as mails of ours need it. */
function decodeWords(value: string): string {
  return value
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : decodeQuoted(text.replaceAll('_', ' ')),
    );
}

function decodeQuoted(text: string): string {
  const joined = text.replaceAll('=\n', '');
  const bytes = joined.replaceAll(/(?:=[0-9A-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
  );
  return bytes;
}

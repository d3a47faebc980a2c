import { PassThrough } from 'node:stream';

import { createTransport } from 'nodemailer';

import { messageOf, Stalled } from '../model/error.ts';
import type { Secret } from '../model/secret.ts';
import type { QueuedMail } from '../store/store.ts';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** `starttls` begins in the clear and insists on TLS; `implicit` is TLS from the first byte; `none` is for loopback. */
  readonly tls: 'starttls' | 'implicit' | 'none';
  /** PEM of the authority that signed the server's certificate, where it is a private one. */
  readonly ca?: string;
  readonly user?: string;
  readonly password?: Secret;
  /** `rosterd <rosterd@example.com>` or a bare address. */
  readonly from: string;
}

/** What the mail server made of a mail. `unknown`: it had the whole mail when the connection was lost. */
type Delivery =
  | { readonly result: 'sent' }
  | { readonly result: 'refused' | 'failed' | 'unknown'; readonly message: string };

export interface MailServer {
  /** Never rejects. Seconds to half a minute. */
  send(mail: QueuedMail): Promise<Delivery>;
  /** Cuts off the mail that is being handed over: its `send` resolves with what is known. */
  close(): void;
}

/** Throws `Stalled` for a server without TLS that is not on loopback, or that would get a password. */
export function openMailServer(options: SmtpOptions): MailServer {
  const { host, port, tls, user, password } = options;
  checkTls(options);
  checkAddress(options.from.replace(/^[^<>]*<([^<>]*)>$/, '$1'));
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(options.ca === undefined ? {} : { tls: { ca: options.ca } }),
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password.reveal(host) } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const handedOver = new Set<unknown>();
  const closed = new AbortController();
  transport.use('stream', (mail, done) => {
    const { messageId } = mail.data;
    mail.message.transform(new PassThrough().on('end', () => handedOver.add(messageId)));
    done();
  });
  return {
    async send(mail) {
      // The same for every try: whoever gets a mail twice sees it once.
      const messageId = `<${mail.id}@rosterd>`;
      try {
        for (const line of [mail.subject, ...mail.to]) checkLine(line);
        for (const address of mail.to) checkAddress(address);
        await transport.sendMail({
          from: options.from,
          to: [...mail.to],
          subject: mail.subject,
          text: mail.text,
          messageId,
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: closed.signal,
        });
        return { result: 'sent' };
      } catch (error) {
        return judge(error, handedOver.has(messageId));
      } finally {
        handedOver.delete(messageId);
      }
    },
    close: () => {
      closed.abort();
      transport.close();
    },
  };
}

/** Throws a `RangeError` for what could begin another header. */
function checkLine(line: string): void {
  if (/\p{Cc}/u.test(line)) throw new RangeError('a mail’s subject or address may not hold a line break');
}

/** Throws a `RangeError` for what is no plain address. */
function checkAddress(address: string): void {
  checkLine(address);
  if (!/^[^\s<>,;:"()@[\]\\]+@[^\s<>,;:"()@[\]\\]+$/.test(address))
    throw new RangeError('not a mail address');
}

function checkTls({ host, tls, password }: SmtpOptions): void {
  if (tls !== 'none') return;
  const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host);
  if (!loopback) {
    throw new Stalled(
      'MailWithoutTls',
      `mail to ${host} would leave the machine unencrypted; set TLS for the mail server`,
    );
  }
  if (password !== undefined) {
    throw new Stalled(
      'MailWithoutTls',
      `the mail server's password is not sent without TLS; set TLS, or leave the password out`,
    );
  }
}

function judge(error: unknown, handedOver: boolean): Delivery {
  const { responseCode } = error as { readonly responseCode?: number };
  // Addresses are in what servers answer: only the code is kept.
  const said =
    responseCode === undefined
      ? messageOf(error).split('\n', 1)[0]
      : `the mail server answered ${responseCode}`;
  const message = said ?? 'the mail server did not say why';
  if (error instanceof RangeError) return { result: 'refused', message };
  if (responseCode !== undefined) return { result: responseCode >= 500 ? 'refused' : 'failed', message };
  return { result: handedOver ? 'unknown' : 'failed', message };
}

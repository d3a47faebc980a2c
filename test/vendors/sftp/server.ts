import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2, { type Connection, type ServerConfig, type SFTPWrapper } from 'ssh2';
import { answerFrom, type Gate, type Operation } from './answers.ts';
import { Disk } from './disk.ts';
import { answerAtOnce, offerPosixRename, sendRaw } from './extension.ts';
import { doorkeeper, type User } from './users.ts';

export type SftpFault =
  /** Refused with a status of the protocol, having done nothing. */
  | { readonly kind: 'status'; readonly status: number }
  /** Done, and the connection is gone before the answer; for requests that are answered with a status. */
  | { readonly kind: 'lost' }
  /** The connection is gone before anything was done. */
  | { readonly kind: 'reset' }
  /** An answer that is no packet of the protocol. */
  | { readonly kind: 'garbage' }
  /** Somebody else does something first; then the request is carried out. */
  | { readonly kind: 'meanwhile'; readonly happens: (disk: Disk) => void };

export interface SftpOptions {
  /** Whether it offers posix-rename@openssh.com. */
  readonly posixRename?: boolean;
  readonly hostKey?: string;
  readonly algorithms?: ServerConfig['algorithms'];
  /** Where there is no SFTP behind the login. */
  readonly shellOnly?: true;
}

interface Asked {
  readonly operation: Operation;
  readonly path: string;
}

/** An SFTP server (version 3) on loopback, which refuses what servers refuse and fails when told. */
export class SftpVendor {
  readonly disk = new Disk();
  /** What was asked, in order. */
  readonly log: Asked[] = [];
  logins = 0;
  /** Proofs of who somebody is that were shown, right or wrong. */
  tries = 0;
  readonly fingerprint: string;
  readonly #user: User;
  readonly #posixRename: boolean;
  readonly #shellOnly: boolean;
  readonly #server: InstanceType<typeof ssh2.Server>;
  readonly #connections = new Set<Connection>();
  readonly #faults: { when: (asked: Asked) => boolean; fault: SftpFault; left: number; skip: number }[] = [];

  private constructor(user: User, options: SftpOptions) {
    const { posixRename = true, hostKey = newKey().private, algorithms } = options;
    this.#user = user;
    this.#posixRename = posixRename;
    this.#shellOnly = options.shellOnly === true;
    this.fingerprint = fingerprintOf(hostKey);
    this.#server = new ssh2.Server(
      { hostKeys: [hostKey], ...(algorithms === undefined ? {} : { algorithms }) },
      (connection) => this.#accept(connection),
    );
  }

  static async start(user: User, options: SftpOptions = {}): Promise<SftpVendor> {
    const vendor = new SftpVendor(user, options);
    await new Promise<void>((resolve) => vendor.#server.listen(0, '127.0.0.1', resolve));
    return vendor;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Fails the next `times` requests for which `when` holds, after letting `skip` of them through. */
  fail(
    when: Operation | ((asked: Asked) => boolean),
    fault: SftpFault,
    { times = 1, skip = 0 }: { times?: number; skip?: number } = {},
  ): void {
    const holds = typeof when === 'string' ? (asked: Asked) => asked.operation === when : when;
    this.#faults.push({ when: holds, fault, left: times, skip });
  }

  /** Ends the sessions that are open, as servers do after a while. */
  dropEverybody(): void {
    for (const connection of this.#connections) connection.end();
  }

  async close(): Promise<void> {
    this.dropEverybody();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(connection: Connection): void {
    answerAtOnce(connection);
    this.#connections.add(connection);
    connection.on('close', () => this.#connections.delete(connection));
    connection.on('error', () => {});
    const judge = doorkeeper(this.#user);
    connection.on('authentication', (context) => {
      this.tries += 1;
      judge(context);
    });
    connection.on('ready', () => {
      this.logins += 1;
      if (this.#posixRename) offerPosixRename(connection);
      connection.on('session', (acceptSession) => {
        const session = acceptSession();
        if (this.#shellOnly) return;
        session.on('sftp', (acceptSftp) => {
          const sftp = acceptSftp();
          answerFrom(this.disk, sftp, this.#gate(sftp, connection), this.#posixRename);
        });
      });
    });
  }

  #gate(sftp: SFTPWrapper, connection: Connection): Gate {
    return (operation, id, path, work) => {
      this.log.push({ operation, path });
      const fault = this.#faultFor({ operation, path });
      if (fault?.kind === 'status') sftp.status(id, fault.status);
      else if (fault?.kind === 'reset') connection.end();
      else if (fault?.kind === 'garbage') sendRaw(sftp, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x65]));
      else {
        if (fault?.kind === 'meanwhile') fault.happens(this.disk);
        if (fault?.kind === 'lost') sftp.status = () => void connection.end();
        work();
      }
    };
  }

  #faultFor(asked: Asked): SftpFault | undefined {
    for (const fault of this.#faults) {
      if (fault.left === 0 || !fault.when(asked)) continue;
      fault.skip -= 1;
      if (fault.skip >= 0) continue;
      fault.left -= 1;
      return fault.fault;
    }
    return undefined;
  }
}

/** A pair of keys in OpenSSH's form. Of those that the library makes, one in five hundred is none that it can read. */
export function newKey(passphrase?: string): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair =
      passphrase === undefined
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-cbc', rounds: 1 });
    const readable = [ssh2.utils.parseKey(pair.private, passphrase), ssh2.utils.parseKey(pair.public)];
    if (!readable.some((key) => key instanceof Error)) return pair;
  }
}

/** As `ssh-keygen -lf` prints it. */
function fingerprintOf(hostKey: string): string {
  const key = ssh2.utils.parseKey(hostKey);
  if (key instanceof Error) throw key;
  const digest = createHash('sha256').update(key.getPublicSSH()).digest('base64');
  return `SHA256:${digest.replaceAll('=', '')}`;
}

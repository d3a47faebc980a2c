import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const sftpServer = '/usr/lib/openssh/sftp-server';

/** OpenSSH's server as it comes, with its own SFTP server, on loopback, for whoever runs the test. */
export interface Sshd {
  readonly port: number;
  readonly user: string;
  /** As `ssh-keygen -lf` prints it. */
  readonly fingerprint: string;
  stop(): Promise<void>;
}

/** Makes a pair of keys, and says where the private one lies. */
export function keyPair(folder: string, name: string, kind: string, passphrase = ''): string {
  const file = join(folder, name);
  run('ssh-keygen', ['-q', '-t', kind, '-N', passphrase, '-f', file]);
  return file;
}

/** Lets in whoever has one of the keys. */
export async function startSshd(
  folder: string,
  { hostKey, keys }: { readonly hostKey: string; readonly keys: readonly string[] },
): Promise<Sshd> {
  const port = await freePort();
  const authorized = join(folder, 'authorized_keys');
  run('sh', ['-c', `cat ${keys.map((key) => `'${key}.pub'`).join(' ')} > '${authorized}'`]);
  chmodSync(hostKey, 0o600);
  // Where the service of the system has never run, its folder is not there.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const config = join(folder, 'sshd_config');
  const lines = [
    `Port ${String(port)}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${authorized}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    `Subsystem sftp ${sftpServer}`,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await answering(port, server, () => said);
  const [, fingerprint = ''] = run('ssh-keygen', ['-lf', `${hostKey}.pub`]).split(' ');
  return {
    port,
    user: userInfo().username,
    fingerprint,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    },
  };
}

function run(program: string, parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(port: number, server: ChildProcess, said: () => string): Promise<void> {
  while (server.exitCode === null) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => setTimeout(() => resolve(false), 50));
    });
    if (isThere) return;
  }
  throw new Error(`sshd did not start: ${said()}`);
}

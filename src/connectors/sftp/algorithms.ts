import type SftpClient from 'ssh2-sftp-client';

type Algorithms = NonNullable<Parameters<SftpClient['connect']>[0]['algorithms']>;

/**
 * What is offered, best first. The library's own list has SHA-1 for the host key and for checks of packets in it; both
 * are left out unless the config asks for them.
 */
export function algorithms(old: boolean): Algorithms {
  return {
    kex: [
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group-exchange-sha256',
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group18-sha512',
      'diffie-hellman-group14-sha256',
      ...(old ? (['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1'] as const) : []),
    ],
    serverHostKey: [
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
      'rsa-sha2-512',
      'rsa-sha2-256',
      ...(old ? (['ssh-rsa'] as const) : []),
    ],
    cipher: [
      'aes128-gcm@openssh.com',
      'aes256-gcm@openssh.com',
      'aes128-ctr',
      'aes192-ctr',
      'aes256-ctr',
      ...(old ? (['aes256-cbc', 'aes128-cbc'] as const) : []),
    ],
    hmac: [
      'hmac-sha2-256-etm@openssh.com',
      'hmac-sha2-512-etm@openssh.com',
      'hmac-sha2-256',
      'hmac-sha2-512',
      ...(old ? (['hmac-sha1'] as const) : []),
    ],
    compress: ['none'],
  };
}

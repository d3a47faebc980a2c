import { createHash } from 'node:crypto';
import { Stalled } from '../../model/error.ts';
import { hostOf, type SftpConfig } from './schema.ts';

/** The key that a server proves itself with, as people compare it. */
export interface HostKey {
  /** As `ssh-keygen -lf` and OpenSSH's own messages print it: SHA-256 of the key, base64 without padding. */
  readonly fingerprint: string;
  /** The algorithm that the key names itself: `ssh-ed25519`. */
  readonly kind: string;
}

/** Of a key in the form in which servers send it (RFC 4253, section 6.6): its algorithm first. */
export function hostKeyOf(key: Buffer): HostKey {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  const kind = key.subarray(4, 4 + length).toString('latin1');
  const fingerprint = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
  return { fingerprint, kind: /^[\w@.-]{1,64}$/.test(kind) ? kind : 'unknown kind' };
}

export function isPinned({ fingerprint }: HostKey, { hostKey }: Pick<SftpConfig, 'hostKey'>): boolean {
  return [hostKey].flat().includes(fingerprint);
}

/** Somebody else answers at this address, or the server has a new key: only people can tell which. */
export function hostKeyChanged(shown: HostKey, config: SftpConfig, connection: string): Stalled {
  const pinned = [config.hostKey].flat().join(', ');
  const message =
    `connection ${connection}: ${hostOf(config)} shows the host key ${shown.fingerprint} (${shown.kind}), and the config pins ${pinned}; ` +
    'nothing was sent to it. Ask whoever runs the server for its fingerprint by another way, and set hostKey only if it is this one';
  return new Stalled('HostKeyChanged', message, { connection });
}

import type { Connection, SFTPWrapper } from 'ssh2';

const extension = 'posix-rename@openssh.com';

/** What the library's server says when SFTP begins: version 3, and no extension. */
const version = Buffer.from([0, 0, 0, 5, 2, 0, 0, 0, 3]);

/**
 * Has the server tell that it knows posix-rename@openssh.com, as OpenSSH's does (PROTOCOL, section 4.3). The library's
 * server hands such requests over, and cannot be told to offer them.
 */
export function offerPosixRename(connection: Connection): void {
  const { _protocol: protocol } = connection as unknown as { readonly _protocol: Protocol };
  const send = protocol.channelData.bind(protocol);
  protocol.channelData = (id, bytes) => send(id, version.equals(bytes) ? withExtension() : bytes);
}

/** Without it, each answer waits for the other side to say that it has the last one. */
export function answerAtOnce(connection: Connection): void {
  (connection as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true);
}

/** Sends bytes that the library would not. */
export function sendRaw(sftp: SFTPWrapper, bytes: Buffer): void {
  const { outgoing, _protocol: protocol } = sftp as unknown as {
    readonly outgoing: { readonly id: number };
    readonly _protocol: Protocol;
  };
  protocol.channelData(outgoing.id, bytes);
}

interface Protocol {
  channelData: (id: number, bytes: Buffer) => void;
}

function withExtension(): Buffer {
  const body = Buffer.concat([version.subarray(4), text(extension), text('1')]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function text(value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([length, Buffer.from(value)]);
}

/** The names of such a request; `undefined` for any other. */
export function renameNames(
  name: string,
  data: Buffer,
): { readonly from: string; readonly to: string } | undefined {
  if (name !== extension) return undefined;
  const length = data.readUInt32BE(0);
  return {
    from: data.subarray(4, 4 + length).toString('utf8'),
    to: data.subarray(8 + length, 8 + length + data.readUInt32BE(4 + length)).toString('utf8'),
  };
}

import { createHash } from 'node:crypto';
import type { Handle, SftpSession, Task } from './session.ts';

/** What servers take and give in one packet at least (draft-ietf-secsh-filexfer-02, section 3: 34,000 bytes with its head). */
const blockBytes = 32_000;

/** Packets that are under way at once: a server far away costs one wait for so many. */
const ahead = 16;

/** A file from its first to its last byte. More than `size` bytes are not asked for. */
export async function* contentOf(
  session: SftpSession,
  handle: Handle,
  size: number,
  task: Task,
): AsyncGenerator<Buffer> {
  const blocks: Promise<Buffer>[] = [];
  let next = 0;
  const ask = () => {
    const length = Math.min(blockBytes, size - next);
    if (length <= 0) return;
    const block = readBlock(session, handle, next, length, task);
    // One that fails is told in its turn, also where an earlier one ended the reading.
    block.catch(() => {});
    blocks.push(block);
    next += length;
  };
  for (let index = 0; index < ahead; index += 1) ask();
  for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
    const bytes = await block;
    ask();
    if (bytes.length > 0) yield bytes;
  }
}

/** A server may give less than was asked for before the end of the file. */
async function readBlock(
  session: SftpSession,
  handle: Handle,
  position: number,
  length: number,
  task: Task,
): Promise<Buffer> {
  const block = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const came = await session.read(handle, block.subarray(filled), position + filled, task);
    if (came === 0) break;
    filled += came;
  }
  return block.subarray(0, filled);
}

/** Writes a whole file, in packets that every server takes. */
export async function writeContent(
  session: SftpSession,
  handle: Handle,
  bytes: Uint8Array,
  task: Task,
): Promise<void> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const positions = Array.from({ length: Math.ceil(whole.length / blockBytes) }, (_, at) => at * blockBytes);
  for (let at = 0; at < positions.length; at += ahead) {
    const group = positions.slice(at, at + ahead);
    await Promise.all(
      group.map(
        async (position) =>
          await session.write(handle, whole.subarray(position, position + blockBytes), position, task),
      ),
    );
  }
}

/** Of a file as it is now. */
export async function digestOf(
  session: SftpSession,
  path: string,
  size: number,
  task: Task,
): Promise<string> {
  const handle = await session.open(path, task);
  try {
    const hash = createHash('sha256');
    for await (const block of contentOf(session, handle, size, task)) hash.update(block);
    return hash.digest('base64');
  } finally {
    await session.close(handle, task).catch(() => {});
  }
}

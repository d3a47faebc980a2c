import { promisify } from 'node:util';
import { gunzip as gunzipCallback } from 'node:zlib';

import type { Json } from '../model/value.ts';

const gunzip = promisify(gunzipCallback);

/** 64 MB: a page of the largest list is far below; more is a mistake or an attack. */
const largestBody = 64 * 1024 * 1024;

/** Why a body could not be used: it broke off, is no JSON, or is too large. */
export class BadBody extends Error {
  override readonly name = 'BadBody';
  readonly reason: 'BodyCut' | 'NotJson' | 'BodyTooLarge';

  constructor(reason: BadBody['reason'], cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/**
 * The body as JSON; `null` when it is empty. The content type is not asked: vendors send JSON under any name. A byte
 * order mark is ignored. Throws `BadBody`, which never quotes the body.
 */
export async function readJson(
  stream: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>>,
  largest = largestBody,
): Promise<Json> {
  const bytes = await readBytes(stream, headers, largest);
  const text = decode(bytes, headers['content-type'] ?? '');
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // The parser's own message quotes the text, which may be about people.
    throw new BadBody('NotJson');
  }
}

/** The body as text, in the character set it claims. Throws `BadBody` likewise. */
export async function readText(
  stream: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>>,
  largest: number,
): Promise<string> {
  return decode(await readBytes(stream, headers, largest), headers['content-type'] ?? '');
}

/** The body as it is, unpacked. Throws `BadBody` as soon as it is longer than `largest`. */
export async function readBytes(
  stream: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>>,
  largest: number,
): Promise<Buffer> {
  const sent = await collect(stream, largest);
  return headers['content-encoding'] === 'gzip' ? await unpack(sent, largest) : sent;
}

async function collect(stream: AsyncIterable<Uint8Array>, largest: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > largest) throw new BadBody('BodyTooLarge');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof BadBody ? error : new BadBody('BodyCut', error);
  }
  return Buffer.concat(chunks, size);
}

/** The limit holds for what comes out, so that a small answer cannot fill the memory. */
async function unpack(bytes: Buffer, largest: number): Promise<Buffer> {
  if (bytes.length === 0) return bytes;
  try {
    return await gunzip(bytes, { maxOutputLength: largest });
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new BadBody(code === 'ERR_BUFFER_TOO_LARGE' ? 'BodyTooLarge' : 'BodyCut', error);
  }
}

function decode(bytes: Buffer, contentType: string): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    // A wrong guess would turn names into other names: bytes that are not the text they claim to be are no answer.
    throw new BadBody('NotJson');
  }
}

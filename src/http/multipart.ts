import { createHash } from 'node:crypto';
import type { FileField } from './client.ts';

/** The form's body (RFC 7578), its file last. The same file makes the same body, so that it can be sent again. */
export function multipartOf({ field, name, mediaType, bytes, besides = {} }: FileField): Uint8Array {
  const boundary = boundaryOf(bytes);
  const plain = Object.entries(besides).map(
    ([key, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  const head =
    `${plain.join('')}--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\n` +
    `content-type: ${mediaType}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

export function multipartType({ bytes }: FileField): string {
  return `multipart/form-data; boundary=${boundaryOf(bytes)}`;
}

/** No file holds its own digest, so that no file ends its own part. */
function boundaryOf(bytes: Uint8Array): string {
  return `rosterd-${createHash('sha256').update(bytes).digest('hex').slice(0, 48)}`;
}

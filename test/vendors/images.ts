import { crc32, deflateSync } from 'node:zlib';

/** A real picture of one colour, which is all that tells it apart from others of its size. */
export function png(colour: number, width = 400, height = width): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits for each pixel, palette.
  head.set([8, 3], 8);
  const palette = Buffer.from([(colour * 67) % 256, (colour * 31) % 256, colour % 256]);
  const lines = deflateSync(Buffer.alloc((width + 1) * height));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    block('IHDR', head),
    block('PLTE', palette),
    block('IDAT', lines),
    block('IEND', Buffer.alloc(0)),
  ]);
}

/** The same picture as another program packs it: every point of it is the same, and the content is not. */
export function repacked(picture: Uint8Array): Uint8Array {
  const end = picture.length - 12;
  const note = block('tEXt', Buffer.from('Software\0another program', 'latin1'));
  return Buffer.concat([picture.subarray(0, end), note, picture.subarray(end)]);
}

/** Width and height; `undefined` for what is no PNG. */
export function sizeOf(picture: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const bytes = Buffer.from(picture);
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function block(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

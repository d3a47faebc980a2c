/** Bytes of windows-1252 by character; what it does not have is not there. */
const windows1252 = new Map(
  Array.from(
    new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
    (character, byte) => [character, byte],
  ),
);

export function canEncode(text: string, encoding: 'utf-8' | 'windows-1252'): boolean {
  // A half of a pair is no character: it would be replaced without a word.
  if (encoding === 'utf-8') return text.isWellFormed();
  for (const character of text) if (!windows1252.has(character)) return false;
  return true;
}

/** The bytes of a text whose every character can be encoded. */
export function encode(text: string, encoding: 'utf-8' | 'windows-1252'): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  return Buffer.from(Array.from(text, (character) => windows1252.get(character) ?? 0x3f));
}

import type { Random } from '../model/effects.ts';

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const length = 28;

/**
 * A password that no person ever sees: 28 characters, about 160 bits, with an upper and a lower case letter, a digit and
 * a sign, and within the 30 characters that TalentLMS takes.
 */
export function randomSecret(random: Random): string {
  let text = '';
  while (text.length < length - 4) {
    for (const byte of random.bytes(32)) {
      // 56 characters: bytes from 224 on would favour the first ones.
      if (byte < 224 && text.length < length - 4) text += alphabet[byte % alphabet.length];
    }
  }
  return `${text}aA7-`;
}

import type { AttributeSpec } from './attribute.ts';

/**
 * Attributes that somebody may mean by a word, the likeliest first: by their name, by what the system's pages call them,
 * or by its own key, whatever the case and whatever stands between the words. "City" finds `User_City` and `homeCity`.
 */
export function attributesMeant<A extends Pick<AttributeSpec, 'name' | 'label' | 'key'>>(
  word: string,
  attributes: Iterable<A>,
): readonly A[] {
  const wanted = wordsOf(word);
  if (wanted.length === 0) return [];
  const ranked = [...attributes].flatMap((attribute) => {
    const { name, label, key } = attribute;
    const ranks = [name, label, key].map((text) =>
      text === undefined ? unlike : rankOf(wanted, wordsOf(text)),
    );
    const rank = Math.min(...ranks);
    return rank === unlike ? [] : [{ attribute, rank }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ attribute }) => attribute);
}

const unlike = 4;

/** 0: the same words. 1: ends with them, as `custom.city` and `user_city` do. 2: has them. 3: has their letters. */
function rankOf(wanted: readonly string[], words: readonly string[]): number {
  const ends = words.slice(-wanted.length).join(' ') === wanted.join(' ');
  if (ends) return words.length === wanted.length ? 0 : 1;
  if (wanted.every((word) => words.includes(word))) return 2;
  const letters = wanted.join('');
  return letters.length >= 3 && words.join('').includes(letters) ? 3 : unlike;
}

/** `homeCity`, `User_City` and `home city` each have the word `city`. */
function wordsOf(text: string): readonly string[] {
  const apart = text.replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').toLowerCase();
  return apart.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

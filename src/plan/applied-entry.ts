/**
 * What a link remembers of one attribute, as one text: `result;element;element|seen`. The hash of our result; for a list those of the
 * elements that are ours; and, where the account was left as it was, that of the value which it held then.
 */
export function appliedEntry(result: string, elements: readonly string[] = [], seen?: string): string {
  const list = elements.length === 0 ? result : [result, ...elements.toSorted()].join(';');
  return seen === undefined ? list : `${list}|${seen}`;
}

export function resultIn(entry: string | undefined): string | undefined {
  return entry === undefined ? undefined : before(';', before('|', entry));
}

export function elementsIn(entry: string | undefined): ReadonlySet<string> {
  return entry?.includes(';') === true ? new Set(before('|', entry).split(';').slice(1)) : noElements;
}

export function seenIn(entry: string | undefined): string | undefined {
  const cut = entry?.indexOf('|') ?? -1;
  return cut < 0 ? undefined : entry?.slice(cut + 1);
}

function before(mark: string, text: string): string {
  const cut = text.indexOf(mark);
  return cut < 0 ? text : text.slice(0, cut);
}

const noElements: ReadonlySet<string> = new Set();

/** What is remembered of a list: the hash of our result, then those of the elements that are ours. */
export function listEntry(result: string, elements: readonly string[]): string {
  return elements.length === 0 ? result : [result, ...elements.toSorted()].join(';');
}

export function resultIn(entry: string | undefined): string | undefined {
  const cut = entry?.indexOf(';') ?? -1;
  return cut < 0 ? entry : entry?.slice(0, cut);
}

export function elementsIn(entry: string | undefined): ReadonlySet<string> {
  return entry?.includes(';') === true ? new Set(entry.split(';').slice(1)) : noElements;
}

const noElements: ReadonlySet<string> = new Set();

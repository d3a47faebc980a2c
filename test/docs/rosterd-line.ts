/** The words of a line that is one command of rosterd and nothing that a shell must do; else undefined. */
export function wordsOf(line: string): readonly string[] | undefined {
  if (!/^npx rosterd (?:"[^"$`]*"|[^<>|&;$`"'*])*$/.test(line)) return undefined;
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(2);
}

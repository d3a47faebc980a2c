import { Writable } from 'node:stream';
import { main } from '../../src/cli/program.ts';
import type { Ended } from './terminal.ts';

/** The words of a line that is one command of rosterd and nothing that a shell must do; else undefined. */
export function wordsOf(line: string): readonly string[] | undefined {
  if (!/^npx rosterd (?:"[^"$`]*"|[^<>|&;$`"'*])*$/.test(line)) return undefined;
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(2);
}

/** Runs a command of rosterd in this process, which saves most of the time of a short one. */
export async function runHere(words: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<Ended> {
  const said = { stdout: '', all: '' };
  const stream = (isData: boolean) =>
    new Writable({
      decodeStrings: false,
      write(text: string, _encoding, done) {
        if (isData) said.stdout += text;
        said.all += text;
        done();
      },
    });
  const nobodysSignals = {
    once: () => nobodysSignals,
    removeListener: () => nobodysSignals,
  };
  const here = { ...nobodysSignals, stdout: stream(true), stderr: stream(false), env, cwd: () => cwd };
  const code = await main(words, here as unknown as NodeJS.Process);
  return { code, ...said };
}

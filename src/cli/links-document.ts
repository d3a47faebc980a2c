import path from 'node:path';
import { stringify } from 'yaml';
import { Stalled } from '../model/error.ts';
import { digestOf } from '../spec/digest.ts';
import type { CliContext } from './context.ts';
import { printable } from './render/mask.ts';
import { folderInSpecs, gitEmail, writeNew } from './specs-folder.ts';

/** What every command says that writes a Links document. */
export interface LinksOptions {
  readonly reason?: string;
  readonly by?: string;
  readonly save: boolean;
  readonly dir?: string;
}

/** One pair as a document writes it down. */
export interface WrittenPair {
  readonly person: string;
  readonly account: string;
  readonly reason: string;
  readonly by?: string;
}

export interface LinksSpec {
  readonly sync: string;
  readonly same?: readonly WrittenPair[];
  readonly release?: readonly WrittenPair[];
  readonly transfer?: { readonly from: string; readonly reason: string; readonly by?: string };
}

/** What follows from a document, one line for a person each, with its data for a program. */
export interface Consequence {
  readonly kind: 'link' | 'move' | 'take' | 'release' | 'transfer' | 'stay' | 'obstacle';
  readonly personId: string | null;
  readonly accountId: string | null;
  readonly text: string;
}

/** Why and by whom, where it was not said. */
export async function signed(
  { reason, by }: LinksOptions,
  { cwd }: CliContext,
): Promise<{ readonly reason: string; readonly by?: string }> {
  const who = by ?? (await gitEmail(cwd));
  return { reason: reason ?? 'decided by a person', ...(who === undefined ? {} : { by: who }) };
}

/**
 * Prints what the document would change and then the document, or with `--save` writes it into the specs and prints its
 * path. The store is not touched: a pass carries it out once it is committed.
 */
export async function deliver(
  word: string,
  spec: LinksSpec,
  consequences: readonly Consequence[],
  { save, dir }: Pick<LinksOptions, 'save' | 'dir'>,
  context: CliContext,
): Promise<void> {
  const { out } = context;
  const name = `${spec.sync.slice(0, 40)}-${word}-${digestOf(spec).slice('sha256:'.length).slice(0, 8)}`;
  const text = linksText(name, spec);
  const file = save ? await saved(name, text, dir, context) : null;
  if (out.format === 'json') {
    out.print(JSON.stringify({ consequences, file, document: text }, null, 2));
    return;
  }
  for (const consequence of consequences.slice(0, longest)) out.say(`  ${printable(consequence.text)}`);
  if (consequences.length > longest) out.say(`  … and ${consequences.length - longest} more`);
  if (file === null) {
    out.say('nothing is written: --save puts this document into the specs');
    out.print(text);
  } else {
    out.say(`commit this file, and the next pass carries it out; rosterd plan ${spec.sync} shows how:`);
    out.print(file);
  }
}

const longest = 20;

export function linksText(name: string, spec: LinksSpec): string {
  const document = { apiVersion: 'rosterd.dev/v1', kind: 'Links', metadata: { name }, spec };
  return stringify(document, { lineWidth: 0 });
}

/** Never over a file that is there. */
export async function saved(
  name: string,
  text: string,
  dir: string | undefined,
  context: CliContext,
): Promise<string> {
  const file = path.join(await folderInSpecs('links', dir, context), `${name}.yaml`);
  const message = `${file} is there already and says the same; commit it`;
  await writeNew(file, text, () => new Stalled('AlreadyDecided', message));
  return file;
}

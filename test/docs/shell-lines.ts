import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '../..');

/** One command that a page shows. */
export interface ShellLine {
  readonly page: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** What the page says after `# exits`; 0 where it says nothing. */
  readonly exits: number;
}

/** A fenced block of a page. */
interface Block {
  readonly language: string;
  /** Line of the page on which its text begins, from 1. */
  readonly line: number;
  readonly text: string;
}

export function readPage(page: string): string {
  return readFileSync(join(repository, page), 'utf8');
}

export function blocksOf(page: string): readonly Block[] {
  const blocks: { language: string; line: number; lines: string[] }[] = [];
  let open: (typeof blocks)[number] | undefined;
  for (const [index, text] of readPage(page).split('\n').entries()) {
    const fence = /^```(\w*)/.exec(text);
    if (fence === null) open?.lines.push(text);
    else if (open !== undefined) open = undefined;
    else blocks.push((open = { language: fence[1] ?? '', line: index + 2, lines: [] }));
  }
  return blocks.map(({ lines, ...block }) => ({ ...block, text: lines.join('\n') }));
}

/** Every command in the page's blocks of shell, in order. Comments and empty lines are left out. */
export function shellLinesOf(page: string): readonly ShellLine[] {
  return blocksOf(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ line, text }) =>
      text.split('\n').map((written, index) => {
        const exits = /\s#\s*exits (\d)/.exec(written)?.[1] ?? '0';
        return {
          page,
          line: line + index,
          text: written.replace(/(^|\s)#.*$/, '').trim(),
          exits: Number(exits),
        };
      }),
    )
    .filter(({ text }) => text !== '');
}

import type { LinkChange, LinkChangeKind } from '../../model/link-change.ts';
import { printable } from './mask.ts';

/** One change of who is who in a line: `release ada, account 17 (links/staff.yaml:7: moved to another team)`. */
export function linkChangeText({ kind, personId, accountId, from, reason, file, line }: LinkChange): string {
  const who = `${words[kind]} ${printable(personId)}, account ${printable(accountId)}`;
  const sync = from === undefined ? '' : ` from sync ${from}`;
  return `${who}${sync} (${file}:${line}${reason === '' ? '' : `: ${printable(reason)}`})`;
}

/** The first `most` of them. */
export function linkChangeLines(links: readonly LinkChange[], most: number): readonly string[] {
  const lines = links.slice(0, most).map((change) => `  * ${linkChangeText(change)}`);
  if (links.length > most) lines.push(`  … and ${links.length - most} more changes of who is who`);
  return lines;
}

const words: Readonly<Record<LinkChangeKind, string>> = {
  transfer: 'take over',
  separate: 'separate',
  release: 'release',
  'give-up': 'take from',
  replace: 'move from',
  adopt: 'link',
};

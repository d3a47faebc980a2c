import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvFile } from './sources.ts';

/** A file that is not what HR wrote. */
export interface BrokenFile {
  readonly name: string;
  /** As `Untruth.verdict`. */
  readonly verdict: 'doubted' | 'believed' | 'whole';
  readonly spoil: (folder: string) => void;
}

type Change = (bytes: Buffer) => Buffer;

const broken: readonly (readonly [string, BrokenFile['verdict'], Change])[] = [
  ['is empty', 'doubted', () => Buffer.alloc(0)],
  ['has nothing but its header', 'believed', (bytes) => bytes.subarray(0, bytes.indexOf('\n'))],
  ['ends in the middle of a record', 'doubted', (bytes) => bytes.subarray(0, middle(bytes) + 9)],
  ['ends in the middle, at the end of a line', 'believed', (bytes) => bytes.subarray(0, middle(bytes))],
  ['ends in the middle of its last word', 'believed', (bytes) => bytes.subarray(0, -3)],
  ['ends inside of quotes', 'doubted', (bytes) => Buffer.concat([bytes, Buffer.from('\n3001,"Quo')])],
  ['begins with a byte order mark', 'whole', (bytes) => Buffer.concat([Buffer.from('\uFEFF'), bytes])],
  [
    'is latin1',
    'doubted',
    (bytes) => Buffer.from(bytes.toString('utf8').replace('Sales', 'S\u00E4les'), 'latin1'),
  ],
  ['is UTF-16', 'doubted', (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le')],
  ['has other columns', 'doubted', (bytes) => Buffer.from(bytes.toString('utf8').replace('email', 'mail'))],
  ['has semicolons', 'doubted', (bytes) => Buffer.from(bytes.toString('utf8').replaceAll(',', ';'))],
  ['is a web page', 'doubted', () => Buffer.from('<!doctype html>\n<title>Sign in</title>\n')],
];

export const brokenFiles: readonly BrokenFile[] = broken.map(([name, verdict, change]) => ({
  name,
  verdict,
  spoil(folder) {
    const file = join(folder, csvFile);
    writeFileSync(file, change(readFileSync(file)));
  },
}));

/** The end of a line about half-way. */
function middle(bytes: Buffer): number {
  return bytes.indexOf('\n', Math.floor(bytes.length / 2));
}

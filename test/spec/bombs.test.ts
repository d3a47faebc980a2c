import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Findings } from '../../src/spec/findings.ts';
import { folderLimits, readSpecFiles } from '../../src/spec/folder.ts';
import { textLimits } from '../../src/spec/yaml/scan.ts';
import { connections, findingsOf, folderWith, syncWith } from './folder.ts';

const manyKeys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}: v`).join('\n');

/** Each of these hangs, exhausts or fools a parser that is handed it unchecked. */
const bombs: readonly (readonly [name: string, content: string | Uint8Array, finding: string])[] = [
  ['20,000 nested brackets', '['.repeat(20_000), 'x.yaml:1:101: more than 100 levels of lists and maps'],
  [
    '20,000 nested lists on one line',
    '- '.repeat(20_000),
    'x.yaml:1:201: more than 100 levels of lists and maps',
  ],
  [
    'an alias bomb',
    `a: &a [x, x]\n${'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [*${'abcdefgh'[index]}, *${'abcdefgh'[index]}]`)
      .join('\n')}`,
    'x.yaml:1:4: YAML anchors (&a)',
  ],
  ['a cyclic anchor', '&a [*a]', 'x.yaml:1:1: YAML anchors (&a)'],
  ['a tag that names a function', 'a: !!js/function "x"', 'x.yaml:1:4: YAML tags (!!js/function)'],
  ['an ordered map', 'a: !!omap [x: 1]', 'x.yaml:1:4: YAML tags (!!omap)'],
  ['a NUL', 'a: b\nc: d\u0000', 'x.yaml:2:5: the character U+0000 is not allowed'],
  ['a blank of no width in a key', 'ki\u200Bnd: x', 'x.yaml:1:3: the character U+200B is not allowed'],
  [
    'bytes that are not UTF-8',
    Buffer.concat([Buffer.from('a: b\nc: '), Buffer.from([0xff, 0xfe])]),
    'x.yaml:2:4: the file is not UTF-8',
  ],
  ['100,000 documents', 'a\n---\n'.repeat(100_000), 'more than 1000 documents in one file'],
  ['80,000 keys', manyKeys(80_000), 'x.yaml:25001:1: more than 50000 values in one file'],
  ['900,000 closing brackets', '}'.repeat(900_000), 'x.yaml:1:200001: more than 50000 values in one file'],
  ['200,000 keys', manyKeys(200_000), `x.yaml:1:1: the file has ${manyKeys(200_000).length} bytes`],
];

test.each(bombs)('%s is refused in one sentence', async (_name, content, finding) => {
  const findings = await findingsOf({ 'x.yaml': content });

  expect(findings[0]).toContain(finding);
  expect(findings.length).toBeLessThan(50);
});

test('200,000 keys that fit into the size of a file are refused before they are parsed', async () => {
  const flow = `{${Array.from({ length: 200_000 }, (_, index) => index.toString(36)).join(',')}}`;
  expect(flow.length).toBeLessThan(folderLimits.fileBytes);

  const findings = await findingsOf({ 'x.yaml': flow });

  expect(findings).toEqual([expect.stringContaining(`more than ${textLimits.values} values`)]);
});

test('the most values that are allowed are read, each key once', async () => {
  const text = `apiVersion: rosterd.dev/v1\nkind: Lookup\nmetadata: { name: large }\nspec:\n  values:\n${manyKeys(24_000).replace(/^/gm, '    ')}\n`;

  expect(await findingsOf({ 'x.yaml': text })).toEqual([]);
});

test('a symbolic link is refused, whatever it leads to, and nothing behind it is read', async () => {
  const folder = await folderWith({ 'real.yaml': 'a: b' });
  await symlink('/etc', path.join(folder, 'etc'));
  await symlink('real.yaml', path.join(folder, 'link.yaml'));
  const findings = new Findings();

  const files = await readSpecFiles(folder, findings);

  expect(files.map((file) => file.path)).toEqual(['real.yaml']);
  expect(findings.all.map(({ file, code }) => `${file} ${code}`)).toEqual([
    'etc spec/symbolic-link',
    'link.yaml spec/symbolic-link',
  ]);
});

test("dot folders, other files and the operator's configuration are no specs", async () => {
  const folder = await folderWith({
    '.git/config.yaml': '',
    '.hidden.yaml': '',
    'rosterd.config.yaml': '',
    'b/README.md': '',
    'b/a.yml': '',
    'a.yaml': '',
  });

  const files = await readSpecFiles(folder, new Findings());

  expect(files.map((file) => file.path)).toEqual(['a.yaml', 'b/a.yml']);
});

test('more than 10 MB of specs are not read', async () => {
  const folder = await folderWith({});
  const large = '#'.repeat(folderLimits.fileBytes);
  for (let index = 0; index < 11; index += 1) {
    await writeFile(path.join(folder, `${index}.yaml`), large);
  }
  const findings = new Findings();

  expect(await readSpecFiles(folder, findings)).toEqual([]);
  expect(findings.all[0]?.message).toBe('the specs take more than 10 MB together');
});

test.each([
  ['20,000 unknown keys', 'spec', 20_000],
  ['5,000 unknown target attributes', 'attributes', 5_000],
])('%s are all reported', async (_name, where, count) => {
  const keys = Array.from({ length: count }, (_, index) => `key_${index}: source.id\n`);
  const sync = where === 'spec' ? syncWith(`  ${keys.join('  ')}`) : syncWith('', `    ${keys.join('    ')}`);

  const findings = await findingsOf({ 'a.yaml': connections + sync });

  expect(findings).toHaveLength(count);
});

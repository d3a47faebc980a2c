import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodeHelp } from '../../src/cli/exit.ts';
import { holdReasons } from '../../src/model/hold.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { readPage, repository } from './shell-lines.ts';

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

describe.each(pages)('%s', (page) => {
  test('leads to pages that are there', () => {
    expect(linksOf(page).filter((link) => !existsSync(join(repository, dirname(page), link)))).toEqual([]);
  });
});

test('a reader finds every page of the documentation from its index', () => {
  const reached = new Set<string>();
  const look = (page: string) => {
    if (reached.has(page)) return;
    reached.add(page);
    linksOf(page)
      .map((link) => join(dirname(page), link))
      .filter((link) => link.endsWith('.md') && link.startsWith('docs/'))
      .forEach(look);
  };
  look('docs/README.md');

  expect(pages.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([]);
});

test('the README is short, and has the line by which the tests are run', () => {
  const lines = readPage('README.md').split('\n');

  expect(lines.length).toBeLessThanOrEqual(150);
  expect(lines).toContain('npm ci && npm test');
  expect(lines).toContain('npm ci && npm run demo');
});

test('an operator reads of every metric there is, with its labels', () => {
  const documented = tableRows('docs/operating.md', /^`rosterd_/).map(([name, , labels]) =>
    `${name}: ${labels}`.replaceAll('`', ''),
  );
  const real = createMetrics()
    .registry.getMetricsAsArray()
    // prom-client keeps the names of labels, and does not say so in its types.
    .map((metric) => metric as unknown as { readonly name: string; readonly labelNames: readonly string[] })
    .map(({ name, labelNames }) => `${name}: ${labelNames.join(', ')}`);

  expect(documented.toSorted()).toEqual(real.toSorted());
});

test('an operator reads of every exit code what the help says', () => {
  const documented = tableRows('docs/operating.md', /^\d$/).map(([code, meaning]) =>
    `${code}  ${meaning}`.replaceAll('`', ''),
  );
  const real = exitCodeHelp.split('\n').slice(1);

  expect(documented).toEqual(real.map((line) => line.trim()));
});

test('an operator reads of every reason for which something is held', () => {
  const documented = tableRows('docs/operating.md', /^`[A-Z]\w+`$/)
    .map(([reason]) => (reason ?? '').replaceAll('`', ''))
    .filter((reason) => (holdReasons as readonly string[]).includes(reason));

  expect(documented.toSorted()).toEqual([...holdReasons].toSorted());
});

test('every key that is refused as not yet there is named in the changes', () => {
  const refused = new Set(
    tableRows('docs/specs.md', /^`/)
      .filter(([, , , meaning]) => (meaning ?? '').startsWith('Not supported yet'))
      .map(([key]) => (key ?? '').replaceAll('`', '').replace(/^notify\[\]\./, '')),
  );
  const changes = readPage('CHANGELOG.md');

  expect(refused.size).toBeGreaterThan(0);
  expect([...refused].filter((key) => !changes.includes(`\`${key}\``))).toEqual([]);
});

/** Targets of relative links, without anchors. Blocks of code have none. */
function linksOf(page: string): readonly string[] {
  const prose = readPage(page)
    .replaceAll(/^```[^]*?^```/gm, '')
    .replaceAll(/`[^`]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}

/** Cells of the rows whose first cell looks like this. */
function tableRows(page: string, first: RegExp): readonly (readonly string[])[] {
  return readPage(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([cell]) => first.test(cell ?? ''));
}

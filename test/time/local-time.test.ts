import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** What reads or writes a moment in the zone of the process: `Date` without UTC, `Temporal.Now`, formats without a zone. */
const local = [
  /\.(?:get|set)(?:FullYear|Year|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)\(/,
  /\.to(?:LocaleDateString|LocaleTimeString|DateString|TimeString)\(/,
  /new Date\(\)|new Date\([^()]*,/,
  /Temporal\.Now|DateTimeFormat\((?![^)]*timeZone)/,
];

test('nothing asks for the time zone of the process', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) =>
    readFileSync(join(src, file), 'utf8')
      .split('\n')
      .flatMap((line, at) =>
        local.some((one) => one.test(line)) ? [`${file}:${at + 1}: ${line.trim()}`] : [],
      ),
  );
  expect(found).toEqual([]);
});

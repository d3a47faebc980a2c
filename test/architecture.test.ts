import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

/** What may be imported to run, by room; every room may import its own files and `model`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  main: ['cli'],
  cli: [
    'compose',
    'server',
    'daemon',
    'reconcile',
    'plan',
    'spec',
    'operator',
    'connectors/capabilities',
    'connectors/connector',
    'effects',
    'expression',
    'telemetry',
  ],
  compose: ['*'],
  server: ['daemon', 'reconcile', 'effects/durable-file'],
  daemon: ['reconcile', 'git', 'schedule', 'spec', 'notify'],
  reconcile: ['plan'],
  plan: ['expression'],
  spec: ['expression'],
  operator: ['spec'],
  expression: [],
  schedule: [],
  connectors: ['http', 'effects/durable-file'],
  http: [],
  store: [],
  notify: [],
  git: ['effects/durable-file'],
  telemetry: [],
  effects: [],
  model: [],
};

/** What may be imported only as a type, besides the above: the interfaces and the specs' compiled form. */
const interfaces = [
  'spec/compiled',
  'spec/catalog',
  'store/store',
  'connectors/connector',
  'http/client',
  'git/revision-source',
  'notify/notifier',
  'telemetry/telemetry',
  'telemetry/metrics',
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = (readdirSync(src, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const found: Import[] = [];
  for (const match of text.matchAll(
    /(?:^|\n)(?:import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/g,
  )) {
    const target = match[2] ?? match[3] ?? '';
    const to = relative(src, resolve(src, dirname(file), target)).replace(/\.ts$/, '');
    if (!to.startsWith('..'))
      found.push({ from: file.replace(/\.ts$/, ''), to, typeOnly: match[1] !== undefined });
  }
  return found;
}

function roomOf(path: string): string {
  const [first = ''] = path.split('/');
  return first.startsWith('compose') ? 'compose' : first;
}

function allowed({ from, to, typeOnly }: Import): boolean {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there || there === 'model' || here === 'compose') return true;
  const rooms = mayImport[here];
  if (rooms === undefined) return false;
  if (rooms.some((room) => room === there || room === to)) return true;
  return typeOnly && interfaces.includes(to);
}

describe('the structure', () => {
  test('imports run down the table of rooms', () => {
    const wrong = files.flatMap(importsOf).filter((one) => !allowed(one));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('only the composition root, the registry and their own folders name a vendor', () => {
    const vendors = /personio|bamboo|talentlms|talenthr|haiilo/i;
    const wrong = files.filter((file) => {
      if (file.startsWith('connectors/') || file.startsWith('compose')) return false;
      const code = readFileSync(join(src, file), 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
        .replaceAll(/\.describe\([\s\S]*?\)|'[^']*rosterd [^']*'/g, '');
      return vendors.test(code);
    });
    expect(wrong).toEqual([]);
  });

  test('plan/ awaits nothing and has no clock', () => {
    const wrong = files
      .filter((file) => file.startsWith('plan/'))
      .filter((file) =>
        /\basync\b|\bawait\b|Promise|Date\.now|new Date\(\)|Temporal\.Now/.test(
          readFileSync(join(src, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
        ),
      );
    expect(wrong).toEqual([]);
  });

  // Sockets are real: how long one may be silent is counted in http/deadline.ts, and nowhere else.
  test('effects are injected: nobody below the composition root asks the operating system', () => {
    const wrong = files
      .filter((file) => !/^(main|compose|cli\/|effects\/|http\/deadline)/.test(file))
      .filter((file) =>
        /\bDate\.now\(|\bMath\.random\(|\bprocess\.env\b|\bsetTimeout\(|\bsetInterval\(/.test(
          readFileSync(join(src, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
        ),
      );
    expect(wrong).toEqual([]);
  });

  test('rooms are small: no file is longer than 250 lines', () => {
    const long = files.filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 250);
    expect(long).toEqual([]);
  });

  test('names say what a thing is', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager)(\.ts|\/)/.test(file))).toEqual(
      [],
    );
  });
});

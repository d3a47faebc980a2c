import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The system ring: real software of the machine. Says first what it needs, and fails where a piece is missing. */
const needs = [
  { program: 'git', package: 'git' },
  { program: 'promtool', package: 'prometheus' },
  { program: 'prometheus', package: 'prometheus' },
  { program: '/usr/sbin/sshd', package: 'openssh-server' },
  { program: '/usr/lib/openssh/sftp-server', package: 'openssh-sftp-server' },
  { program: 'ssh-keygen', package: 'openssh-client' },
];

const packages = /^# Debian packages: (.*)$/m.exec(
  readFileSync(join(import.meta.dirname, 'PACKAGES'), 'utf8'),
)?.[1];
console.log(`The system ring needs these Debian packages: ${packages ?? ''}`);

const missing = needs.filter(({ program }) => spawnSync('which', [program]).status !== 0);
if (missing.length > 0) {
  console.error(`missing: ${missing.map((need) => `${need.program} (package ${need.package})`).join(', ')}`);
  process.exit(1);
}
const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
try {
  execFileSync(process.execPath, [vitest, 'run', '--config', 'vitest.system.config.ts'], {
    stdio: 'inherit',
  });
} catch {
  process.exit(1);
}

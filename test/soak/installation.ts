import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openWorkspace } from '../../src/compose.ts';
import { runDaemon } from '../../src/compose/daemon.ts';
import { systemRandom } from '../../src/effects/system.ts';
import type { Clock } from '../../src/model/effects.ts';
import { connectToDaemon, type DaemonClient } from '../../src/server/client.ts';
import { listOf } from './company.ts';
import { token } from './systems.ts';

/** rosterd on disk with the daemon as it ships, run in this process under a clock of ours. */
export class Installation {
  readonly #root = mkdtempSync(join(tmpdir(), 'rosterd-soak-'));
  readonly #stop = new AbortController();
  /** Where the daemon listens. */
  url = '';
  #running: Promise<void> = Promise.resolve();

  constructor(urls: readonly string[]) {
    for (const folder of ['specs', 'lists']) mkdirSync(this.#at(folder));
    writeFileSync(this.#at('rosterd.config.yaml'), config);
    writeFileSync(this.#at('specs/specs.yaml'), urls.map(specsOf).join('---\n'));
  }

  hr(companies: number, size: number, day: number): void {
    for (let company = 0; company < companies; company += 1) {
      writeFileSync(this.#at(`lists/staff-${company}.csv`), listOf(company, size, day));
    }
  }

  async start(clock: Clock): Promise<DaemonClient> {
    const env = { SCIM_TOKEN: token, LISTS: this.#at('lists') };
    const options = { config: this.#at('rosterd.config.yaml'), cwd: this.#root, env };
    const workspace = await openWorkspace({ ...options, clock, random: systemRandom });
    const listening = Promise.withResolvers<string>();
    this.#running = (async () => {
      await runDaemon(workspace, this.#stop.signal, listening.resolve);
      await workspace.close();
    })();
    await Promise.race([listening.promise, this.#running]);
    this.url = await listening.promise;
    // The clock must not run on before the specs are in force: what was due by then would be none of theirs.
    while ((await fetch(`${this.url}/readyz`)).status !== 200) await delay(10);
    return await connectToDaemon(this.#at('data'));
  }

  /** The store is somewhere else for a while. */
  moveStore(to: 'away' | 'back'): void {
    mkdirSync(this.#at('elsewhere'), { recursive: true });
    const [from, into] = to === 'away' ? ['data', 'elsewhere'] : ['elsewhere', 'data'];
    for (const file of ['rosterd.db', 'rosterd.db-wal', 'rosterd.db-shm']) {
      renameSync(this.#at(`${from}/${file}`), this.#at(`${into}/${file}`));
    }
  }

  storeBytes(): number {
    return statSync(this.#at('data/rosterd.db')).size;
  }

  /** Tells the daemon to stop; whoever keeps the clock lets it run until then. */
  async end(): Promise<void> {
    this.#stop.abort(new Error('the soak is over'));
    await this.#running;
    rmSync(this.#root, { recursive: true });
  }

  #at(path: string): string {
    return join(this.#root, path);
  }
}

const config = `installation: soak
specs: specs
data: data
listen: 127.0.0.1:0
network: { private: [127.0.0.1], http: true }
files: { folders: [{ env: LISTS }] }
secrets:
  allow:
    - { env: SCIM_TOKEN, hosts: [127.0.0.1] }
`;

function specsOf(url: string, company: number): string {
  return `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: hr-${company} }
spec:
  connector: csv
  config:
    file: { env: LISTS, path: staff-${company}.csv }
    id: id
    columns: { id: {}, first: {}, last: {}, email: {}, department: {}, status: {}, start: { type: date } }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: directory-${company} }
spec:
  connector: scim
  config: { baseUrl: "${url}" }
  credentials: { token: { env: SCIM_TOKEN } }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff-${company} }
spec:
  direction: { from: hr-${company}, to: directory-${company} }
  mode: full
  schedule: { cron: "0 6,18 * * *" }
  identity: { externalId: source.id }
  match: [{ userName: source.email }]
  attributes:
    userName: source.email
    name.givenName: source.first
    name.familyName: source.last
    department: source.department
  status: { value: source.status, here: [active], left: [left] }
  dates: { starts: source.start, timezone: '"Europe/Berlin"' }
`;
}

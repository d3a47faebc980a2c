import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import {
  intent,
  leaseOf,
  link,
  noon,
  person,
  run,
  setClock,
  settled,
  testSealer,
} from '../test/store/fixtures.ts';

/**
 * Measures the store at several sizes, so that growth beyond the linear shows: `node bench/store.ts 25000 100000`.
 * Not a test: it prints and judges nothing.
 */
const sizes = process.argv.slice(2).map(Number);
for (const size of sizes.length > 0 ? sizes : [25_000, 100_000]) await measure(size);

async function measure(size: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-speed-'));
  const file = join(folder, 'store.sqlite');
  const store = await openSqliteStore({ file, sealer: testSealer(), clock: setClock() });
  const lease = await leaseOf(store);
  // As a first load goes: keys grow with time, people come in the order of the plan, accounts get any id.
  const ids = Array.from({ length: size }, (_, index) => String(index).padStart(9, '0'));
  const accountOf = (id: string) => `account-${(Number(id) * 7_919) % size}`;
  const applied = Array.from({ length: 10 }, (_, index) => `attribute${index}=0123456789abcdef`).join('\n');
  const linkOf = (id: string) => link(id, accountOf(id), { applied });
  const took: string[] = [];
  const time = async (what: string, work: () => Promise<unknown>) => {
    const start = performance.now();
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    const cpu = Math.round((user + system) / 1_000);
    took.push(`${what}: ${Math.round(performance.now() - start)} ms, CPU ${cpu} ms`);
  };

  console.log(`${size} people`);
  await time('intents in batches of 200', () =>
    batches(ids, 200, (batch) =>
      store.recordIntents(
        'r1',
        'staff',
        'lms',
        batch.map((id) => intent(keyOf(id), id)),
        lease,
      ),
    ),
  );
  await time('settled with link and count in batches of 200', () =>
    batches(ids, 200, (batch) =>
      store.settle(
        batch.map((id) =>
          settled(keyOf(id), 'applied', { link: linkOf(id), counts: [{ class: 'create', personId: id }] }),
        ),
        lease,
      ),
    ),
  );
  await time('links loaded', () => store.links('staff'));
  await time('owners loaded', () => store.owners('lms'));
  await time('links saved again in one call', () => store.saveLinks(ids.map(linkOf), lease));
  await time('window counts', () => store.windowCounts({ kind: 'target', target: 'lms' }, 0));
  await time('open intents', () => store.openIntents('lms'));
  await store.beginRun(run('r1'));
  await time('people recorded in batches of 200', () =>
    batches(ids, 200, (batch) =>
      store.recordPeople(
        'r1',
        batch.map((id) => person(id)),
      ),
    ),
  );
  await time('people read', () => store.people('r1'));
  const details = ids.map((id) => ({ id, version: '1', data: { name: `Person ${id}` }, readAt: noon }));
  await time('details remembered', () => store.details('hr').remember(details));
  await time('details recalled', () => store.details('hr').recall(details));
  await time('expired', () => store.expire(noon + 1));
  await store.close();
  took.push(`file ${Math.round((await stat(file)).size / 1e6)} MB`);
  for (const line of took) console.log(`  ${line}`);
  await rm(folder, { recursive: true });
}

async function batches<T>(
  items: readonly T[],
  size: number,
  work: (batch: T[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += size) await work(items.slice(start, start + size));
}

function keyOf(id: string): string {
  return `key-${id}`;
}

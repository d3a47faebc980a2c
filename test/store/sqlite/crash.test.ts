import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTestStore, testFolder } from './folder.ts';

test('a process that is killed loses nothing that the store promised, and leaves no half of anything', async () => {
  const file = join(await testFolder(), 'store.sqlite');
  let batch = 0;
  for (const words of [1, 2, 5, 12, 33, 34]) {
    const promised = await applyUntilKilled(file, batch, words);
    const { store } = await openTestStore(file);

    const links = await store.links('staff');
    const linked = new Set(links.map((link) => link.personId));
    const open = await store.openIntents('lms');
    const [counted] = await store.windowCounts({ kind: 'installation' }, 0);
    for (const settled of promised.settled) expect(linked).toContain(`${settled}-19`);
    for (const recorded of promised.intents) {
      expect(linked.has(`${recorded}-0`) || open.some((one) => one.intent.personId === `${recorded}-0`)).toBe(
        true,
      );
    }
    expect(links.length % 20).toBe(0);
    expect(open.length % 20).toBe(0);
    expect(counted?.count ?? 0).toBe(links.length);
    expect(open.filter((one) => linked.has(one.intent.personId))).toEqual([]);

    batch += 1_000;
    await store.close();
  }
});

/** Runs the child until it has said so many lines, then kills it wherever it is. */
async function applyUntilKilled(file: string, first: number, words: number) {
  const script = fileURLToPath(new URL('crash-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const promised = { intents: [] as number[], settled: [] as number[] };
  let heard = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, batch] = line.split(' ');
    promised[what === 'settled' ? 'settled' : 'intents'].push(Number(batch));
    heard += 1;
    if (heard === words) child.kill('SIGKILL');
  }
  await exited;
  expect(promised.intents.length).toBeGreaterThan(0);
  return promised;
}

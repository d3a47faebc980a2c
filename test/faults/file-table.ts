import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokenFiles } from './files.ts';
import { csvFile } from './sources.ts';
import { after, told, wrongInTheEnd, writesAt } from './story.ts';
import type { World } from './world.ts';

/** What a list in a file can be instead of a list. */
export function describeFiles(world: () => World): void {
  test.each(brokenFiles)('a file that $name', async ({ verdict, spoil }) => {
    const w = world();
    await w.restore();
    w.hr(after);
    spoil(w.folder);
    const outcome = await w.pass();
    if (verdict === 'doubted') expectNothing(w, told(outcome));
    if (verdict === 'whole') expect(told(outcome)).toMatch(/^applied/);
    const left = w.target.accounts().filter(({ status }) => status === 'left');
    expect(left.filter(({ person }) => person !== '1006')).toEqual([]);
    w.hr(after);
    expect(await wrongInTheEnd(w, outcome)).toEqual([]);
  });

  test('a file that grows while it is read is no list', async () => {
    const w = world();
    await w.restore();
    w.hr(after);
    let growing = true;
    const grow = () => {
      appendFileSync(join(w.folder, csvFile), '\n');
      if (growing) setImmediate(grow);
    };
    setImmediate(grow);
    const outcome = await w.pass();
    growing = false;
    expectNothing(w, told(outcome));
    w.hr(after);
    expect(await wrongInTheEnd(w, outcome)).toEqual([]);
  });

  test('a file that is not there waits for a person', async () => {
    const w = world();
    await w.restore();
    w.hr(after);
    const file = join(w.folder, csvFile);
    const text = readFileSync(file);
    rmSync(file);
    expect(told(await w.pass())).toMatch(/^stalled FileUnreadable/);
    expect(writesAt(w.toTarget)).toEqual([]);
    writeFileSync(`${file}.next`, text);
    renameSync(`${file}.next`, file);
    expect(await wrongInTheEnd(w, await w.pass())).toEqual([]);
  });
}

function expectNothing(w: World, said: string): void {
  expect(said).toMatch(/^waiting/);
  expect(writesAt(w.toTarget)).toEqual([]);
}

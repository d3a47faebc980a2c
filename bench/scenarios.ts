import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Pair } from './figures.ts';
import { measure, type Measured } from './measured-child.ts';
import { changedBetween, writePeople } from './people-file.ts';
import { Target } from './target.ts';
import { applyCommand, token, writeSpecs } from './workspace.ts';

export interface Ground {
  /** A temporary folder for everything. */
  readonly folder: string;
  /** What is run as rosterd: `src/main.ts` or `dist/main.js`. */
  readonly entry: string;
  readonly people: number;
  readonly runs: number;
  readonly say: (line: string) => void;
}

/** rosterd's target and the floor's, both loaded, and rosterd's store. */
interface Loaded {
  readonly ours: Target;
  readonly floors: Target;
  readonly data: string;
}

/** First load, pass without changes and 1 % changed, at one size; with `delayMs` the first load also against a slow target. */
export async function* measureSize(ground: Ground, delayMs: number | undefined): AsyncGenerator<Pair> {
  await writeSpecs(ground.folder);
  await writePeople(fileOf(ground), ground.people, 0);
  if (delayMs !== undefined) {
    const { pair, loaded } = await firstLoads(ground, delayMs);
    yield pair;
    await stop(loaded);
  }
  const { pair, loaded } = await firstLoads(ground, 0);
  yield pair;
  yield await unchanged(ground, loaded);
  yield await onePercent(ground, loaded);
  await stop(loaded);
}

async function firstLoads(ground: Ground, delayMs: number): Promise<{ pair: Pair; loaded: Loaded }> {
  const rosterd: Measured[] = [];
  const floorRuns: Measured[] = [];
  const what = delayMs === 0 ? 'first load' : `first load, answers in ${delayMs} ms`;
  for (;;) {
    const data = await mkdtemp(path.join(ground.folder, 'store-'));
    const loaded = { ours: await Target.start(delayMs), floors: await Target.start(delayMs), data };
    rosterd.push(await runRosterd(ground, loaded));
    floorRuns.push(await runFloor(ground, loaded, 'map'));
    for (const target of [loaded.ours, loaded.floors]) await expectTally(target, ground.people);
    ground.say(`${ground.people} people, ${what}: run ${rosterd.length} of ${ground.runs}`);
    const pair: Pair = { what, people: ground.people, floor: 'map', judged: 'wallMs', rosterd, floorRuns };
    if (rosterd.length === ground.runs) return { pair, loaded };
    await stop(loaded);
  }
}

async function unchanged(ground: Ground, loaded: Loaded): Promise<Pair> {
  const rosterd: Measured[] = [];
  const floorRuns: Measured[] = [];
  while (rosterd.length < ground.runs) {
    rosterd.push(await runRosterd(ground, loaded));
    floorRuns.push(await runFloor(ground, loaded, 'stream'));
    ground.say(`${ground.people} people, nothing changed: run ${rosterd.length} of ${ground.runs}`);
  }
  for (const target of [loaded.ours, loaded.floors]) await expectTally(target, ground.people);
  return {
    what: 'nothing changed',
    people: ground.people,
    floor: 'stream',
    judged: 'cpuMs',
    rosterd,
    floorRuns,
  };
}

async function onePercent(ground: Ground, loaded: Loaded): Promise<Pair> {
  const rosterd: Measured[] = [];
  const floorRuns: Measured[] = [];
  let writes = ground.people;
  for (let version = 1; version <= ground.runs; version += 1) {
    await writePeople(fileOf(ground), ground.people, version);
    writes += changedBetween(ground.people, version - 1);
    rosterd.push(await runRosterd(ground, loaded));
    floorRuns.push(await runFloor(ground, loaded, 'stream'));
    for (const target of [loaded.ours, loaded.floors]) await expectTally(target, ground.people, writes);
    ground.say(`${ground.people} people, 1 % changed: run ${version} of ${ground.runs}`);
  }
  return { what: '1 % changed', people: ground.people, floor: 'stream', judged: 'cpuMs', rosterd, floorRuns };
}

async function runRosterd({ entry, folder }: Ground, { ours, data }: Loaded): Promise<Measured> {
  return await measure(applyCommand(entry, folder, data), { SCIM_URL: ours.url, SCIM_TOKEN: token });
}

async function runFloor(ground: Ground, { floors }: Loaded, floor: Pair['floor']): Promise<Measured> {
  const program = path.join(import.meta.dirname, `floor-${floor}.ts`);
  return await measure([program, fileOf(ground), floors.url, token]);
}

/** A side that did less than its work would look fast. */
async function expectTally(target: Target, users: number, writes = users): Promise<void> {
  const tally = await target.tally();
  if (tally.users === users && tally.writes === writes) return;
  throw new Error(
    `a target holds ${tally.users} users after ${tally.writes} writes; ${users} and ${writes} were expected`,
  );
}

async function stop({ ours, floors, data }: Loaded): Promise<void> {
  await ours.stop();
  await floors.stop();
  await rm(data, { recursive: true });
}

function fileOf({ folder }: Ground): string {
  return path.join(folder, 'staff.csv');
}

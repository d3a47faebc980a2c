import type { Violation } from './claims.ts';
import { canary } from './records.ts';
import type { World } from './world.ts';

/** Parts of every name, address and phone number that the simulated HR systems hold. */
const personal = new RegExp(`Given \\d|Name \\d|@example\\.test|\\+49 \\d|${canary}`);

/** C8: what left the process towards people and disks holds no person's value and no secret; nobody asked for what is unmapped. */
export async function checkSecrecy(world: World): Promise<Violation | undefined> {
  for (const [name, source] of world.sources)
    if (source.asked.has('birth_place')) return broken(`${name} was asked for what no mapping names`);
  const conditions = await Promise.all(
    [...world.company.keys()].map(async (sync) => (await world.store.syncState(sync)).conditions),
  );
  const places: readonly (readonly [string, string])[] = [
    ['the log', world.said.join('\n')],
    ['a summary of a run', JSON.stringify(world.summaries)],
    ['a condition', JSON.stringify(conditions)],
    ['a mail', JSON.stringify(world.post.sent)],
    ['the metrics', await world.metricsText()],
    ['the file of the store', world.rawStore()],
  ];
  for (const [place, text] of places) {
    const found = personal.exec(text);
    if (found !== null) return broken(`${place} holds a person's value: ${around(text, found.index)}`);
    if ([...world.target.secrets].some((secret) => text.includes(secret)))
      return broken(`${place} holds a password`);
  }
  return undefined;
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 80), at + 40).replaceAll(/[^\x20-\x7e]/g, '.');
}

function broken(text: string): Violation {
  return { claim: 'C8', text };
}

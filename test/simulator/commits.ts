import type { Chance } from './chance.ts';
import type { Violation } from './claims.ts';
import { revised } from './rules.ts';
import { mistakes } from './specs.ts';
import type { Stage } from './stage.ts';

/** A commit to the specs, a good one or a bad one, or a source that does not answer. */
export async function moveSpecs(stage: Stage, chance: Chance): Promise<Violation | undefined> {
  const { revisions } = stage.world;
  const how = chance.oneOf('change', 'change', 'break', 'break', 'get mended', 'are out of reach');
  stage.say(`the specs ${how}`);
  if (how === 'get mended') return await revisions.mend();
  if (how === 'are out of reach') return await revisions.goesAway();
  if (how === 'break') {
    const mistake = chance.pick(mistakes);
    return mistake === undefined ? undefined : await revisions.commitBad(mistake);
  }
  const company = [...revisions.company];
  const [sync, rules] = chance.pick(company) ?? [];
  if (sync === undefined || rules === undefined) return undefined;
  const change = revised(rules, chance);
  stage.say(`${sync}: ${JSON.stringify(change)}`);
  return await revisions.commit(new Map([...company, [sync, { ...rules, ...change }]]));
}

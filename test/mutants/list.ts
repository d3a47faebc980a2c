import { accounts } from './accounts.ts';
import { applications } from './applications.ts';
import { deeds } from './deeds.ts';
import { directions } from './directions.ts';
import { endedAccounts } from './ended-accounts.ts';
import { given } from './given.ts';
import { guard } from './guard.ts';
import { hrSystems } from './hr-systems.ts';
import { kept } from './kept.ts';
import { limits } from './limits.ts';
import { merged } from './merged.ts';
import type { Mutant } from './mutant.ts';
import { places } from './places.ts';
import { portals } from './portals.ts';
import { remoteFiles } from './remote-files.ts';
import { standing } from './standing.ts';
import { together } from './together.ts';
import { values } from './values.ts';
import { whose } from './whose.ts';
import { workday } from './workday.ts';

/** Mistakes that the tests must notice, written down before they were tried. */
export const mutants: readonly Mutant[] = [
  ...standing,
  ...accounts,
  ...places,
  ...values,
  ...together,
  ...deeds,
  ...guard,
  ...limits,
  ...whose,
  ...given,
  ...directions,
  ...kept,
  ...hrSystems,
  ...portals,
  ...remoteFiles,
  ...merged,
  ...workday,
  ...endedAccounts,
  ...applications,
];

/** How often the text stands in the file: once, or nobody knows what was meant. */
export function timesIn(source: string, { text }: Mutant): number {
  return source.split(text).length - 1;
}

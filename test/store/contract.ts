import { describe } from 'vitest';
import { describeDue } from './contract/due.ts';
import { describeEscrow } from './contract/escrow.ts';
import { describeFencing } from './contract/fencing.ts';
import { describeFormerValues } from './contract/former-values.ts';
import { describeHeld } from './contract/held.ts';
import { describeIntents } from './contract/intents.ts';
import { describeKeptTokens } from './contract/kept-tokens.ts';
import { describeLeases } from './contract/leases.ts';
import { describeLinks } from './contract/links.ts';
import { describeMemory } from './contract/memory.ts';
import { describeRuns } from './contract/runs.ts';
import { describeSealing } from './contract/sealing.ts';
import { describeStandIns } from './contract/stand-ins.ts';
import { describeWindows } from './contract/windows.ts';
import type { OpenedStore } from './fixtures.ts';

/** What a store is, whatever database is below. `open` gives an empty one for each test. */
export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => {
    describeLeases(open);
    describeKeptTokens(open);
    describeLinks(open);
    describeFormerValues(open);
    describeIntents(open);
    describeEscrow(open);
    describeDue(open);
    describeFencing(open);
    describeWindows(open);
    describeHeld(open);
    describeRuns(open);
    describeMemory(open);
    describeStandIns(open);
    describeSealing(open);
  });
}

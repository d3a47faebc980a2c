import { describe } from 'vitest';
import { describeDue } from '../../store/contract/due.ts';
import { describeEscrow } from '../../store/contract/escrow.ts';
import { describeFencing } from '../../store/contract/fencing.ts';
import { describeHeld } from '../../store/contract/held.ts';
import { describeIntents } from '../../store/contract/intents.ts';
import { describeLeases } from '../../store/contract/leases.ts';
import { describeLinks } from '../../store/contract/links.ts';
import { describeMemory } from '../../store/contract/memory.ts';
import { describeRuns } from '../../store/contract/runs.ts';
import { describeStandIns } from '../../store/contract/stand-ins.ts';
import { describeWindows } from '../../store/contract/windows.ts';
import { setClock, type OpenedStore } from '../../store/fixtures.ts';
import { createMemoryStore } from './store.ts';

/** All of the contract but sealing. */
describe("the simulator's store in memory", () => {
  describeLeases(open);
  describeLinks(open);
  describeIntents(open);
  describeEscrow(open);
  describeDue(open);
  describeFencing(open);
  describeWindows(open);
  describeHeld(open);
  describeRuns(open);
  describeMemory(open);
  describeStandIns(open);
});

async function open(): Promise<OpenedStore> {
  const clock = setClock();
  const store = createMemoryStore(clock);
  return { store, clock, reopen: async () => store };
}

import { assert, asyncProperty, subarray } from 'fast-check';
import { expect, test } from 'vitest';
import type { Reader } from '../../src/connectors/connector.ts';
import type { Change, Plan } from '../../src/model/change.ts';
import type { Row } from '../../src/model/row.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { lookAtSome } from '../../src/reconcile/partial.ts';
import { untouched } from '../../src/store/queries/sync-states.ts';
import type { Store } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { FakeClock } from '../fake-clock.ts';
import { anything } from '../plan/anything.ts';
import { noon, sourceColumns, targetColumns } from '../plan/columns.ts';
import type { Situation } from '../plan/people.ts';
import { hash, inputOf, shape } from '../plan/people.ts';
import { sync } from '../plan/specs.ts';
import { planFor } from '../plan/summary.ts';
import { countingRandom } from '../store/fixtures.ts';
import { connection, lookedUp } from './rig.ts';

const telemetry = { log: createLogger({ level: 'silent' }), metrics: createMetrics() };
const everybody = ['ada', 'bob', 'carl', 'dora', 'eve', 'fay', 'gus', 'hal'];

test('a pass over a few people plans for them what a pass over everybody plans for them, or nothing', async () => {
  let compared = 0;
  await assert(
    asyncProperty(anything, subarray(everybody, { minLength: 2 }), async (given, several) => {
      const whole = planFor(given);
      const alone = (given.people ?? []).map(({ id }) => [id]);
      for (const some of [several, ...alone]) {
        const seen = await lookAtSome(new Set(some), depsOf(given), new AbortController().signal);
        if (!('plan' in seen)) continue;
        for (const change of seen.plan.changes) {
          expect(some).toContain(change.personId);
          if (!hasRival(whole, change)) compared += expectIn(whole, change);
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(30);
});

/** What becomes of others is left to a pass that knows them: references to them may be missing. */
function expectIn({ changes }: Plan, change: Change): 1 {
  const same = changes.find(({ id }) => id === change.id);
  expect(same === undefined ? undefined : whatIs(same)).toEqual(whatIs(change));
  const theirs = new Map(same?.attributes.map(({ name, after }) => [name, after]));
  for (const { name, after } of change.attributes) expect(theirs.get(name)).toEqual(after);
  const missing = theirs.size - change.attributes.length;
  expect(missing).toBeLessThanOrEqual(['manager', 'role'].filter((name) => theirs.has(name)).length);
  return 1;
}

/**
 * Somebody else of the source gets the same value that no two may share: both fail where everybody is known. Who is looked
 * at alone gets it, as long as nobody has it; the other is refused from then on.
 */
function hasRival({ verdicts }: Plan, { personId }: Change): boolean {
  const verdict = verdicts.find((one) => one.personId === personId);
  return verdict?.reason.includes('another person of this plan gets the same value') === true;
}

function whatIs({ kind, accountId, situation, active, links }: Change) {
  return { kind, accountId, situation, active, links };
}

function reader(columns: readonly string[], rows: readonly Row[]): Reader {
  const found: Partial<Reader> = {
    shape,
    find: async (want, keys) => lookedUp(want, keys, columns, rows, shape),
  };
  return found as Reader;
}

function depsOf(given: Situation): PassDeps {
  const { memory } = inputOf(given);
  const of = sync(given.sync);
  const store: Partial<Store> = {
    links: async () => [...memory.links.values()],
    owners: async () => memory.owners,
    escrow: async () => [],
    syncState: async () => ({ ...untouched, firstPassDone: true }),
    held: async () => undefined,
    heldByDigest: async () => undefined,
    windowCounts: async () => [],
    largestPopulation: async () => 1000,
    openIntents: async () => [],
    // Nobody lacks what others have had: what a lost right looks like is another test.
    fillRates: async () => new Map(sourceColumns.map((name) => [name, 0])),
  };
  return {
    sync: of,
    source: { connection: connection(of.from, new Map()), reader: reader(sourceColumns, given.people ?? []) },
    target: {
      connection: connection(of.to, new Map()),
      reader: reader(targetColumns, given.accounts ?? []),
      openWriter: () => {
        throw new Error('a look writes nothing');
      },
    },
    store: store as Store,
    hash,
    clock: new FakeClock(noon),
    random: countingRandom(),
    telemetry,
    approvals: [],
    limits: { target: {}, installation: {} },
    revision: 'revision-1',
    trigger: 'webhook',
    holder: 'one',
    killSwitch: false,
  };
}

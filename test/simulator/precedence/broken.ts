import type { StandIn } from '../../../src/model/stand-in.ts';
import type { PassDeps } from '../../../src/reconcile/deps.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Break } from '../world.ts';
import { idOf, numberOf } from './people.ts';

/** Engines broken on purpose, as in `../broken.ts`. */
export const brokenHandOvers: Readonly<Record<string, Break>> = {
  'to whoever is not there': { deps: (deps) => withStandIns(deps, () => waitingFor(deps)) },
  'to nobody': { deps: (deps) => withStandIns(deps, async () => []) },
};

function withStandIns(deps: PassDeps, standIns: Store['standIns']): PassDeps {
  const store = new Proxy(deps.store, {
    get: (target, name) => (name === 'standIns' ? standIns : Reflect.get(target, name)),
  });
  return { ...deps, store };
}

/** For each account of this sync, the same person in the other list, as if they were seen there just now. */
async function waitingFor({ store, sync, clock }: PassDeps): Promise<readonly StandIn[]> {
  const other = sync.name === 'staff' ? 'crew' : 'staff';
  return (await store.links(sync.name)).map(({ accountId, personId }) => ({
    sync: other,
    accountId,
    personId: idOf(other, numberOf(personId)),
    starts: null,
    seenAt: clock.now(),
  }));
}

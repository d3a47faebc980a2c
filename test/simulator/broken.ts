import type { Reader } from '../../src/connectors/connector.ts';
import { Stalled } from '../../src/model/error.ts';
import { isoInstant } from '../../src/model/effects.ts';
import type { Resolution } from '../../src/model/order.ts';
import type { Row } from '../../src/model/row.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import type { CompiledApproval, CompiledSpecs } from '../../src/spec/compiled.ts';
import type { Store } from '../../src/store/store.ts';
import { compile } from './specs.ts';
import type { Break } from './world.ts';

/**
 * Engines broken on purpose: each does without one thing that the design calls for. The simulator is worth what it
 * finds, and these it must find.
 */
export const brokenEngines: Readonly<Record<string, Break>> = {
  'no match': { deps: (deps) => ({ ...deps, sync: { ...deps.sync, match: [] } }) },
  'no resolve': { deps: withoutResolve },
  'no second read': { deps: (deps) => ({ ...deps, store: goneAtOnce(deps.store) }) },
  'no limits': { deps: withoutLimits },
  'no lease': { deps: (deps) => ({ ...deps, store: leaseForEverybody(deps) }) },
  'no protection': { deps: (deps) => readingAccounts(deps, (row) => ({ ...row, protected: false })) },
  'no memory': { deps: withoutMemory },
  'no receipts': { deps: withoutReceipts },
  'no intents': { deps: (deps) => ({ ...deps, store: writingOnBlindly(deps.store) }) },
  'no end of approvals': { deps: (deps) => ({ ...deps, approvals: deps.approvals.map(forEver) }) },
  'no patience with records': { deps: withoutPatience },
  'no end of tries': { deps: (deps) => ({ ...deps, store: withoutStrays(deps.store) }) },
  'no record of news': {
    deps: (deps) => ({ ...deps, store: exchange(deps.store, { alerts: async () => [] }) }),
  },
  'no discretion': { deps: withoutDiscretion },
  'no patience with absence': { deps: (deps) => ({ ...deps, source: takingAbsenceForLeaving(deps.source) }) },
  'no memory of dates': {
    deps: (deps) => ({ ...deps, store: exchange(deps.store, { saveDue: async () => undefined }) }),
  },
  'no check of specs': { load: (written) => compile(written).catch(() => nothingAtAll) },
};

const nothingAtAll: CompiledSpecs = {
  folder: '/specs',
  revision: { kind: 'folder', id: 'none' },
  connections: new Map(),
  syncs: new Map(),
  channels: new Map(),
  approvals: [],
  links: new Map(),
};

/** Takes every order whose answer was lost for one that was never carried out. */
function withoutResolve(deps: PassDeps): PassDeps {
  const { target } = deps;
  return { ...deps, target: { ...target, reader: { ...target.reader, resolve: neverDone } } };
}

async function neverDone(): Promise<Resolution> {
  return { state: 'not-done' };
}

/** Remembers everybody as if an earlier reading, long ago, had lacked them. */
function goneAtOnce(store: Store): Store {
  return exchange(store, {
    links: async (sync) =>
      (await store.links(sync)).map((link) => ({ ...link, absentReads: 1, absentSince: 0 })),
  });
}

function withoutLimits(deps: PassDeps): PassDeps {
  const none = { fraction: 1, floor: 1_000_000 };
  return {
    ...deps,
    sync: { ...deps.sync, limits: { leave: none, remove: none, update: none, rename: none, clear: none } },
  };
}

/** Each process locks a door of its own. */
function leaseForEverybody({ store, holder }: PassDeps): Store {
  return exchange(store, {
    acquireLease: (name, by, ttlMs) => store.acquireLease(`${name} for ${holder}`, by, ttlMs),
  });
}

/** Knows of no links, and finds nobody's account again. */
function withoutMemory(deps: PassDeps): PassDeps {
  const blind = readingAccounts(deps, (row) => ({ ...row, values: row.values.map(() => undefined) }));
  return { ...blind, store: exchange(deps.store, { links: async () => [], owners: async () => new Map() }) };
}

/** Takes what was listed before a read broke off for the whole list. */
function withoutReceipts(deps: PassDeps): PassDeps {
  const { source } = deps;
  const read: Reader['read'] = async function* (want, signal) {
    try {
      return yield* source.reader.read(want, signal);
    } catch {
      return { pages: 1, records: 0, end: 'broken off', asOf: isoInstant(deps.clock.now()) };
    }
  };
  return { ...deps, source: { ...source, reader: { ...source.reader, read } } };
}

function readingAccounts(deps: PassDeps, change: (row: Row) => Row): PassDeps {
  const { target } = deps;
  const read: Reader['read'] = async function* (want, signal) {
    const rows = target.reader.read(want, signal);
    for (;;) {
      const step = await rows.next();
      if (step.done === true) return step.value;
      yield step.value.map(change);
    }
  };
  return { ...deps, target: { ...target, reader: { ...target.reader, read } } };
}

function exchange(store: Store, methods: Partial<Store>): Store {
  return new Proxy(store, {
    get: (target, name) => Reflect.get(methods, name) ?? Reflect.get(target, name),
  });
}

/** Sends what could not be written down. */
function writingOnBlindly(store: Store): Store {
  return exchange(store, { recordIntents: (...args) => store.recordIntents(...args).catch(() => undefined) });
}

function forEver(approval: CompiledApproval): CompiledApproval {
  return { ...approval, expires: '9999-12-31T00:00:00Z' };
}

/** Gives up on everybody for one record that lacks its id. */
function withoutPatience(deps: PassDeps): PassDeps {
  const { source } = deps;
  const read: Reader['read'] = async function* (want, signal) {
    const rows = source.reader.read(want, signal);
    for (;;) {
      const step = await rows.next();
      if (step.done === true) return step.value;
      if (step.value.some(({ id }) => id === '')) throw new Stalled('BadRecord', 'a record lacks its id');
      yield step.value;
    }
  };
  return { ...deps, source: { ...source, reader: { ...source.reader, read } } };
}

/** Forgets how often it has written what never sticks. */
function withoutStrays(store: Store): Store {
  return exchange(store, {
    links: async (sync) => (await store.links(sync)).map((link) => ({ ...link, strays: '' })),
  });
}

/** Takes whoever it looks up and does not find for somebody who has left. */
function takingAbsenceForLeaving(source: PassDeps['source']): PassDeps['source'] {
  const find: Reader['find'] = async (want, keys, signal) => {
    const found = await source.reader.find(want, keys, signal);
    const missing = keys.filter(({ value }) => found.every(({ id }) => id !== value));
    const gone = missing.map(({ value }) => ({
      id: String(value),
      values: want.attributes.map((name) => (name === 'status' ? 'inactive' : undefined)),
    }));
    return [...found, ...gone];
  };
  return { ...source, reader: { ...source.reader, find } };
}

/** Logs what it reads. */
function withoutDiscretion(deps: PassDeps): PassDeps {
  return readingAccounts(deps, (row) => {
    deps.telemetry.log.info({ row: row.values.join() }, 'read');
    return row;
  });
}

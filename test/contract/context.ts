import { createHttp } from '../../src/http/create.ts';
import { createSockets } from '../../src/http/socket.ts';
import type { ConnectorContext } from '../../src/connectors/connector.ts';
import type { AttributeSpec } from '../../src/model/attribute.ts';
import type { Clock, Random } from '../../src/model/effects.ts';
import type { Detail, Details } from '../../src/model/order.ts';
import type { Entity } from '../../src/model/entity.ts';
import type { KeptTokens } from '../../src/model/kept-tokens.ts';
import { Secret } from '../../src/model/secret.ts';

/** A context that leads to a stand-in on loopback: time passes only by sleeping, details are kept in memory. */
export function testContext<Config>(options: {
  readonly config: Config;
  /** Credentials by name; each may be sent to loopback only. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly fields?: readonly AttributeSpec[];
  readonly files?: ConnectorContext['files'];
  /** People, where it is left out. */
  readonly entity?: Entity;
  readonly clock?: Clock;
  readonly details?: Details;
  readonly tokens?: KeptTokens;
}): ConnectorContext<Config> {
  const clock = options.clock ?? fakeClock();
  const random = seededRandom();
  return {
    connection: 'contract',
    entity: options.entity ?? 'person',
    config: options.config,
    secrets: Object.fromEntries(
      Object.entries(options.secrets ?? {}).map(([name, text]) => [
        name,
        new Secret(`env:${name.toUpperCase()}`, text, ['127.0.0.1']),
      ]),
    ),
    fields: options.fields,
    http: createHttp({ connection: 'contract', clock, random, checkHost: () => undefined }),
    sockets: createSockets({ connection: 'contract', checkHost: () => undefined }),
    tokens: options.tokens ?? memoryTokens(),
    details: options.details ?? memoryDetails(),
    refreshDetailsMs: 7 * 86_400_000,
    clock,
    random,
    files: options.files ?? ((file) => (typeof file === 'string' ? file : file.path)),
    filesToWrite: options.files ?? ((file) => (typeof file === 'string' ? file : file.path)),
  };
}

/** Stands still; a sleep moves it on and returns at once. */
export function fakeClock(start = Date.parse('2026-11-20T08:00:00Z')): Clock & { sleptMs(): number } {
  let passed = 0;
  return {
    now: () => start + passed,
    monotonic: () => passed,
    sleep(ms, signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      passed += Math.max(0, ms);
      return Promise.resolve();
    },
    sleptMs: () => passed,
  };
}

/** A linear congruential generator: the same numbers in every run. */
export function seededRandom(seed = 1): Random {
  let state = seed;
  let ids = 0;
  const fraction = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return {
    fraction,
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(fraction() * 256)),
    id: () => `id-${String((ids += 1)).padStart(8, '0')}`,
  };
}

/** What the store does for details, in a Map. */
export function memoryDetails(): Details {
  const kept = new Map<string, Detail & { readonly version: string }>();
  return {
    recall(items) {
      const found = new Map<string, Detail>();
      for (const { id, version } of items) {
        const detail = kept.get(id);
        if (detail?.version === version) found.set(id, { data: detail.data, readAt: detail.readAt });
      }
      return Promise.resolve(found);
    },
    remember(items) {
      for (const { id, version, data, readAt } of items) kept.set(id, { version, data, readAt });
      return Promise.resolve();
    },
    forget(ids) {
      for (const id of ids) kept.delete(id);
      return Promise.resolve();
    },
  };
}

/** What the store does for tokens, in a Map. */
export function memoryTokens(): KeptTokens {
  const kept = new Map<string, Secret>();
  let before: Promise<unknown> = Promise.resolve();
  return {
    recall: (name) => Promise.resolve(kept.get(name)),
    keep(name, { text, hosts }) {
      kept.set(name, new Secret(`token:${name}`, text, hosts));
      return Promise.resolve();
    },
    forget() {
      const { size } = kept;
      kept.clear();
      return Promise.resolve(size);
    },
    alone(work) {
      const mine = before.then(work);
      before = mine.catch(() => undefined);
      return mine;
    },
  };
}

import type { HttpClient, HttpFactory, HttpRequest } from '../../src/http/client.ts';
import { LostAnswer } from '../../src/http/errors.ts';
import { Waiting } from '../../src/model/error.ts';
import type { Details } from '../../src/model/order.ts';
import type { MailServer } from '../../src/notify/mail.ts';
import type { QueuedMail, Store } from '../../src/store/store.ts';
import type { WorkClock } from './clock.ts';
import type { Mortal } from './mortal.ts';

/** What the store only hands out. Everything else is an effect, also what is added to it one day. */
const storeLooks: ReadonlySet<string | symbol> = new Set([
  'syncState',
  'links',
  'owners',
  'openIntents',
  'windowCounts',
  'largestPopulation',
  'heldByDigest',
  'held',
  'escrow',
  'due',
  'nextDue',
  'formerValues',
  'runs',
  'people',
  'personHistory',
  'fillRates',
  'remoteAccount',
  'alerts',
  'waitingMail',
]);

/** The store as this process has it. A commit that fails afterwards is one whose answer the engine did not get. */
export function storeOf(store: Store, process: Mortal): Store {
  return new Proxy(store, {
    get(real, name) {
      const method: unknown = Reflect.get(real, name);
      if (typeof method !== 'function') return method;
      // No connection of these passes keeps tokens.
      if (name === 'keptTokens') return (connection: string) => real.keptTokens(connection);
      if (name === 'details') return (connection: string) => detailsOf(real.details(connection), process);
      return async (...args: unknown[]) => {
        const call = () => Reflect.apply(method, real, args) as Promise<unknown>;
        if (storeLooks.has(name)) return await process.look(call);
        return await process.effect(`store ${String(name)}`, call, storeAway);
      };
    },
  });
}

function detailsOf(details: Details, process: Mortal): Details {
  return {
    recall: (items) => process.look(() => details.recall(items)),
    remember: (items) => process.effect('store details.remember', () => details.remember(items), storeAway),
    forget: (ids) => process.effect('store details.forget', () => details.forget(ids), storeAway),
  };
}

function storeAway(): Waiting {
  return new Waiting('StoreUnavailable', 'the disk is full');
}

/** How long a write takes at the other side (ms), so that leases are renewed on the way. */
const writeMs = 2_000;

/** HTTP as this process has it: each write request is an effect. Clients are handed to `opened`, to be closed. */
export function httpOf(
  factory: HttpFactory,
  process: Mortal,
  clock: WorkClock,
  opened: (client: HttpClient) => void,
): HttpFactory {
  return (options) => {
    const client = factory(options);
    opened(client);
    return {
      host: client.host,
      get room() {
        return client.room;
      },
      close: () => process.look(() => client.close()),
      request: async (request, signal) => {
        const send = () => client.request(request, signal);
        if (request.effect === 'read') return await process.look(send);
        clock.pass(writeMs);
        return await process.effect(kindOf(request), send, (when) =>
          request.effect === 'once' && when === 'after'
            ? new LostAnswer('target', 'the answer was lost')
            : new Waiting('Unreachable', 'the target gave no answer', { connection: 'target' }),
        );
      },
    };
  };
}

function kindOf({ method, path }: HttpRequest): string {
  return `${method} ${path.replace(/^Users\/.+/, 'Users/ID').replace(/^users\/\d+/, 'users/ID')}`;
}

/** A mail server that keeps what it got. */
export function mailOf(taken: QueuedMail[], process: Mortal): MailServer {
  return {
    async send(mail) {
      const take = () => {
        taken.push(mail);
        return { result: 'sent' } as const;
      };
      try {
        return await process.effect('mail', take, (when) => when);
      } catch (when) {
        return { result: when === 'after' ? 'unknown' : 'failed', message: 'the connection was lost' };
      }
    },
    close: () => undefined,
  };
}

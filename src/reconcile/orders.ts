import type { Reader } from '../connectors/connector.ts';
import type { Change } from '../model/change.ts';
import type { Random } from '../model/effects.ts';
import type { Order } from '../model/order.ts';
import type { Value } from '../model/value.ts';
import { picturesOf } from './pictures.ts';
import { randomSecret } from './random-secret.ts';

/** Everything about a change that has to be known at the moment of sending. */
export interface Sending {
  readonly key: string;
  readonly scope: Order['scope'];
  /** Account of a person, when it is known by now. */
  readonly accountOf: (personId: string) => string | undefined;
  readonly random: Random;
  /** Where pictures come from, and what calls off asking for one. */
  readonly source: Pick<Reader, 'picture'>;
  readonly signal: AbortSignal;
}

/** An order and which of its attributes are secrets, which no intent may hold. */
export interface PreparedOrder {
  readonly order: Order;
  readonly secrets: readonly string[];
}

/**
 * The write that carries a change out: references resolved to account ids, secrets made fresh. `undefined` when nothing
 * is to be sent: an adoption of an account that is right already.
 */
export function prepareOrder(change: Change, sending: Sending): PreparedOrder | undefined {
  const set: Record<string, Value> = {};
  const secrets: string[] = [];
  for (const { name, after } of change.attributes) {
    if ('value' in after) set[name] = after.value;
    else if ('generate' in after) {
      set[name] = randomSecret(sending.random);
      secrets.push(name);
    } else {
      const account = sending.accountOf(after.person);
      if (account !== undefined) set[name] = account;
    }
  }
  const kind = change.kind === 'adopt' ? 'update' : change.kind;
  if (kind === 'update' && Object.keys(set).length === 0) return undefined;
  const { personId, identity } = change;
  // References follow a create of the same plan: the account was not known when they were planned.
  const accountId = change.accountId ?? (kind === 'create' ? null : (sending.accountOf(personId) ?? null));
  return {
    order: {
      key: sending.key,
      kind,
      personId,
      accountId,
      set,
      ...picturesOf(change, sending),
      identity,
      scope: sending.scope,
      ...(change.active === false ? { active: false } : {}),
    },
    secrets,
  };
}

/** What may be kept: the attributes without the secrets. */
export function withoutSecrets(
  set: Readonly<Record<string, Value>>,
  secrets: readonly string[],
): Readonly<Record<string, Value>> {
  if (secrets.length === 0) return set;
  return Object.fromEntries(Object.entries(set).filter(([name]) => !secrets.includes(name)));
}

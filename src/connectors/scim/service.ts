import type { HttpClient } from '../../http/client.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Clock } from '../../model/effects.ts';
import type { Shape } from '../../model/reading.ts';
import type { ConnectorContext, Probe } from '../connector.ts';
import { openClient } from './client.ts';
import { discoverFields } from './discovery.ts';
import { fieldsOf, type Field } from './fields.ts';
import type { ScimConfig } from './schema.ts';
import { disablingOf, shapeOf, withDisabling } from './shape.ts';
import type { User } from './user.ts';

/**
 * One service that speaks SCIM 2.0, opened. The reader and the orders of this folder work on it alone, so that a vendor
 * whose users are reached by SCIM makes one of these and has both.
 */
export interface Service {
  /** The connection's name in the specs, for messages. */
  readonly connection: string;
  readonly clock: Clock;
  /** Of the address that `/Users` is joined to. */
  readonly client: HttpClient;
  readonly fields: ReadonlyMap<string, Field>;
  readonly shape: Shape;
  /** See `Reader.account`. */
  readonly account: string;
  readonly list: ListManners;
  /** Attributes that filters may name; every one, where it is left out. By others somebody is found in the whole list. */
  readonly filterable?: ReadonlySet<string>;
  /** How an inactive user is enabled: by a change, or by being created once more. */
  readonly enablesBy: 'patch' | 'post';
  /** Attributes that the service describes and `fields` does not have yet. Asked for by a probe alone. */
  discover(signal: AbortSignal): Promise<readonly AttributeSpec[]>;
  /** Who must never be touched: our own account. Asked once for a reading; left out where nothing tells. */
  ours?(signal: AbortSignal): Promise<(user: User) => boolean>;
  /** What else a probe finds of this service: what is missing, and what a person should know. */
  examine?(signal: AbortSignal): Promise<Pick<Probe, 'missing' | 'notes'>>;
  /** Frees sockets. */
  close(): Promise<void>;
}

/** How a service wants its users listed. */
export interface ListManners {
  readonly pageSize: number;
  /** The list leaves out inactive users, who are asked for by a filter. */
  readonly hidesInactive: boolean;
  /** Whether the parameter `attributes` is sent. */
  readonly asksAttributes: boolean;
}

/** A service that keeps to the standards, as its config describes it. */
export function openService(context: ConnectorContext<ScimConfig>): Service {
  const { config, connection, clock } = context;
  const client = openClient(context);
  const fields = fieldsOf(config, context.fields);
  return {
    connection,
    clock,
    client,
    fields,
    shape: withDisabling(shapeOf('SCIM 2.0', fields), disablingOf(config)),
    account: accountAt(config.baseUrl),
    list: {
      pageSize: config.pageSize,
      hidesInactive: config.profile.listHidesInactive,
      asksAttributes: config.profile.attributesParameter,
    },
    enablesBy: config.profile.reactivateVia,
    discover: (signal) => discoverFields(client, signal),
    close: () => client.close(),
  };
}

/** Where the service is reached: SCIM has no request that names the tenant, and providers tell them apart by address. */
export function accountAt(baseUrl: string): string {
  const { host, pathname } = new URL(baseUrl);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}

import { nounOf, type Entity } from '../model/entity.ts';
import type { SystemKind } from '../model/system.ts';
import type { Connector } from './connector.ts';

/** What a connector declares of itself, as data: for lists, tables and the docs. */
export interface Capabilities {
  readonly name: string;
  readonly title: string;
  readonly system: SystemKind;
  readonly source: boolean;
  readonly target: boolean;
  readonly entities: { readonly read: readonly Entity[]; readonly written: readonly Entity[] };
  /** The same in words: `people, courses (read only)`. */
  readonly carries: string;
  readonly read: string;
  readonly write: string;
  readonly untested: string;
  /** Whether it knows the signatures of what the system sends to `/hooks/CONNECTION`. */
  readonly webhooks: boolean;
  /** Whether a person lets it in with a browser, by `connection connect`. */
  readonly connect: boolean;
  /** The third party whose servers people's data passes; null where there is none. */
  readonly subprocessor: string | null;
  /** Whether `account` in a spec is checked. */
  readonly tellsAccount: boolean;
  readonly credentials: readonly { readonly name: string; readonly needed: Needed; readonly about: string }[];
}

type Needed = 'always' | 'with some configs' | 'optional';

export function capabilitiesOf(connector: Connector): Capabilities {
  const { name, title, system, source, target, entities, targetEntities = entities } = connector;
  const { capabilities, subprocessor = null, tellsAccount, credentials } = connector;
  return {
    name,
    title,
    system,
    source,
    target,
    entities: { read: entities, written: target ? targetEntities : [] },
    carries: entities
      .map((one) => (target && !targetEntities.includes(one) ? `${nounOf(one)} (read only)` : nounOf(one)))
      .join(', '),
    ...capabilities,
    webhooks: connector.webhook !== undefined,
    connect: connector.connect !== undefined,
    subprocessor,
    tellsAccount,
    credentials: credentials.map(({ name: credential, required, about }) => ({
      name: credential,
      needed: typeof required === 'function' ? 'with some configs' : required ? 'always' : 'optional',
      about,
    })),
  };
}

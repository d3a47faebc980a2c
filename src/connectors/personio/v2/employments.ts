import { RefusedStatus } from '../../../http/errors.ts';
import type { ConnectorContext } from '../../connector.ts';
import { idOf, isObject, textOf, type JsonObject } from '../../json.ts';
import { Singly, type Asked, type Listed } from '../../singly.ts';
import type { PersonioConfig } from '../schema.ts';
import type { PersonioV2Client } from './client.ts';
import { employedOf, turningDays, type Employed } from './employment.ts';
import { everyPage } from './pages.ts';
import { employmentsOf } from './resources.ts';

/** What the list of persons lacks of one of them. */
export interface Employment {
  /** `null` for who has none. */
  readonly employed: Employed | null;
  /** Set where why it ended is in it. */
  readonly reasons?: true;
}

/** A person of the list with what is known of their employment. */
export type ListedPerson = Listed<Employment>;

/**
 * Employments, a request for each person, remembered under the moment of the last change that the list shows. That a
 * changed employment moves that moment is not documented: each is read again after `details.refresh`, and in the days
 * around a date at which Personio changes the status by itself.
 */
export class Employments extends Singly<Employment> {
  constructor(
    client: PersonioV2Client,
    context: ConnectorContext<PersonioConfig>,
    attributes: readonly string[],
  ) {
    super(client, context, new Wanted(client, context, attributes.some(isDelicate)));
  }
}

class Wanted implements Asked<Employment> {
  readonly #client: PersonioV2Client;
  readonly #context: Pick<ConnectorContext, 'clock'>;
  readonly #wantsReasons: boolean;

  constructor(client: PersonioV2Client, context: Pick<ConnectorContext, 'clock'>, wantsReasons: boolean) {
    this.#client = client;
    this.#context = context;
    this.#wantsReasons = wantsReasons;
  }

  /** Links, and the address of a picture, say nothing of an employment. */
  isUnlike(name: string): boolean {
    return name === '_meta' || name === 'profile_picture';
  }

  versionOf(item: JsonObject): string {
    return `${textOf(item['updated_at']) ?? ''} ${textOf(item['status']) ?? ''}`;
  }

  async read({ item, stored }: ListedPerson, signal: AbortSignal): Promise<Employment | undefined> {
    const id = idOf(item['id']);
    // That the id is missing is the person's error; nobody can be asked for.
    if (id === undefined) return { employed: null };
    const all = await this.#all(id, signal);
    if (all === undefined) return undefined;
    const employed = employedOf(all);
    // What another sync wants is kept for it; what nobody wants is not.
    const keepsReasons = this.#wantsReasons || stored?.['reasons'] === true;
    const kept = (one: JsonObject) => keptOf(one, keepsReasons);
    return {
      employed:
        employed === undefined ? null : { current: kept(employed.current), last: kept(employed.last) },
      ...(keepsReasons ? { reasons: true } : {}),
    };
  }

  usable({ employed, reasons }: JsonObject): Employment | undefined {
    if (this.#wantsReasons && reasons !== true) return undefined;
    if (employed === null) return { employed };
    if (!isObject(employed)) return undefined;
    const { current, last } = employed;
    return isObject(current) && isObject(last) ? { employed: { current, last } } : undefined;
  }

  mayHaveChanged(item: JsonObject, readAt: number, { employed }: Employment): boolean {
    // Without it nothing tells of a change: it is not among the readable attributes.
    if (textOf(item['updated_at']) === undefined) return true;
    const now = this.#context.clock.now();
    return (employed === null ? [] : turningDays(employed)).some((day) => {
      const midnight = Date.parse(day);
      return now >= midnight - 14 * hourMs && readAt < midnight + 2 * 24 * hourMs;
    });
  }

  /** `undefined` when the person is gone. */
  async #all(id: string, signal: AbortSignal): Promise<readonly JsonObject[] | undefined> {
    const resource = employmentsOf(id);
    const all: JsonObject[] = [];
    try {
      const pages = everyPage(
        (cursor) => this.#client.page(resource, {}, cursor, signal),
        (what) => this.#client.unusable(what),
      );
      for await (const items of pages) all.push(...items);
    } catch (error) {
      if (error instanceof RefusedStatus && error.status === 404) return undefined;
      throw error;
    }
    const isOthers = all.some(({ person }) => isObject(person) && (idOf(person['id']) ?? id) !== id);
    if (isOthers) throw this.#client.unusable('the employments of another person than the one asked for');
    return all;
  }
}

const hourMs = 3_600_000;

function isDelicate(name: string): boolean {
  return name === 'termination_type' || name === 'termination_reason';
}

/** What some attribute reads. Why somebody was let go is kept only where a sync wants it. */
function keptOf(employment: JsonObject, withReasons: boolean): JsonObject {
  const kept = without(employment, ['_meta', 'person', 'job']);
  const { termination } = kept;
  if (withReasons || !isObject(termination)) return kept;
  return { ...kept, termination: without(termination, ['type', 'reason']) };
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

import { applySideBySide } from '../../../http/side-by-side.ts';
import { RefusedStatus } from '../../../http/errors.ts';
import { objectsOf, textOf, type JsonObject } from '../../json.ts';
import { Remembered } from '../../remembered.ts';
import type { PersonioV2Client } from './client.ts';
import { everyPage } from './pages.ts';
import { costCenters, legalEntities, orgUnits, workplaces, type Resource } from './resources.ts';

/** What employments refer to by its id alone. */
export type Kind = 'department' | 'team' | 'office' | 'legal_entity' | 'cost_centers';

const resources: Readonly<Record<Kind, Resource>> = {
  department: orgUnits,
  team: orgUnits,
  office: workplaces,
  legal_entity: legalEntities,
  cost_centers: costCenters,
};

export const kinds = Object.keys(resources) as readonly Kind[];

/** Names by id, as one reading needs them: the next one asks anew, since names change without the people who bear them. */
export class Names {
  readonly #client: PersonioV2Client;
  readonly #lists: Remembered<Kind, ReadonlyMap<string, string>>;
  readonly #known = new Map<string, string | undefined>();

  constructor(client: PersonioV2Client) {
    this.#client = client;
    this.#lists = new Remembered((kind, signal) => this.#list(kind, signal));
  }

  /** Asks for the names of these that are not known yet. */
  async learn(kind: Kind, ids: Iterable<string>, signal: AbortSignal): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(`${kind} ${id}`));
    if (missing.length === 0) return;
    const list = await this.#lists.get(kind, signal);
    const one = async (id: string): Promise<void> => {
      const name = list.get(id) ?? (await this.#single(kind, id, signal));
      this.#known.set(`${kind} ${id}`, name);
    };
    for await (const _ of applySideBySide(missing, () => this.#client.room, one)) signal.throwIfAborted();
  }

  /** `undefined` where Personio has nothing under this id. */
  get(kind: Kind, id: string): string | undefined {
    return this.#known.get(`${kind} ${id}`);
  }

  async #list(kind: Kind, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const resource = resources[kind];
    const query = isUnit(kind) ? { type: kind } : {};
    const names = new Map<string, string>();
    try {
      const pages = everyPage(
        (cursor) => this.#client.page(resource, query, cursor, signal),
        (what) => this.#client.unusable(what),
      );
      for await (const items of pages) {
        for (const item of items) {
          const [id, name] = [textOf(item['id']), nameIn(item)];
          if (typeof id === 'string' && name !== undefined) names.set(id, name);
        }
      }
    } catch (error) {
      // Single ones are open where the list is not.
      if (!isUnit(kind) || !(error instanceof RefusedStatus)) throw error;
      names.clear();
    }
    return names;
  }

  async #single(kind: Kind, id: string, signal: AbortSignal): Promise<string | undefined> {
    if (!isUnit(kind)) return undefined;
    const unit = await this.#client.one(orgUnits, id, { type: kind }, signal);
    return unit === undefined ? undefined : nameIn(unit);
  }
}

/** Ids that an employment refers to: `[]` for none, and `undefined` where it does not show them. */
export function idsOf(kind: Kind, employment: JsonObject): readonly string[] | undefined {
  const held = employment[isUnit(kind) ? 'org_units' : kind];
  if (held === undefined) return undefined;
  const references = Array.isArray(held) ? objectsOf(held) : objectsOf([held]);
  const ours = isUnit(kind) ? references.filter(({ type }) => type === kind) : references;
  return ours.flatMap(({ id }) => textOf(id) ?? []);
}

function isUnit(kind: Kind): kind is 'department' | 'team' {
  return kind === 'department' || kind === 'team';
}

function nameIn({ name }: JsonObject): string | undefined {
  return typeof name === 'string' && name.trim() !== '' ? name : undefined;
}

export function isKind(word: string): word is Kind {
  return (kinds as readonly string[]).includes(word);
}

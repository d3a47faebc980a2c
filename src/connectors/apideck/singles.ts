import type { Json } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject, type JsonObject } from '../json.ts';
import { Singly, type Asked, type Listed } from '../singly.ts';
import type { ApideckClient } from './client.ts';
import { recordId } from './decode.ts';
import type { Config } from './schema.ts';

/** What the list lacks of one employee, and which of these fields were asked for. */
export interface Single {
  readonly record: JsonObject;
  readonly fields: readonly string[];
}

export type ListedEmployee = Listed<Single>;

/**
 * What a service's list lacks, read one by one, and remembered while `updated_at` stays the same; all else comes from the
 * list each time. A list that shows no `updated_at` proves nothing: everybody is read at each pass.
 */
export class Singles extends Singly<Single> {
  constructor(client: ApideckClient, context: ConnectorContext<Config>, fields: readonly string[]) {
    super(client, context, new Wanted(client, fields));
  }
}

class Wanted implements Asked<Single> {
  readonly idOf = recordId;
  readonly #client: ApideckClient;
  readonly #fields: readonly string[];

  constructor(client: ApideckClient, fields: readonly string[]) {
    this.#client = client;
    this.#fields = fields;
  }

  /** Reads also what is remembered for another sync of this connection, which wants other fields. */
  async read({ item, stored }: ListedEmployee, signal: AbortSignal): Promise<Single | undefined> {
    const id = recordId(item);
    // That the id is missing is the record's own error; nobody can be asked for.
    if (id === undefined) return { record: {}, fields: this.#fields };
    const fields = [...new Set([...this.#fields, ...textsIn(stored?.['fields'])])].toSorted();
    const record = await this.#client.employee(id, ['id', ...fields].join(','), signal);
    return record === undefined ? undefined : { record, fields };
  }

  /** Only if every field wanted now was asked for. */
  usable({ record, fields }: JsonObject): Single | undefined {
    const asked = textsIn(fields);
    return isObject(record) && this.#fields.every((one) => asked.includes(one))
      ? { record, fields: asked }
      : undefined;
  }

  mayHaveChanged(item: JsonObject): boolean {
    return typeof item['updated_at'] !== 'string';
  }

  /** The list is asked for other fields by each sync; `updated_at` is among them always. */
  isUnlike(name: string): boolean {
    return name !== 'updated_at';
  }

  /** A moment says nothing about the person. */
  versionOf({ updated_at: updatedAt }: JsonObject): string {
    return typeof updatedAt === 'string' ? updatedAt : 'undated';
  }
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value)
    ? (value as readonly Json[]).filter((one): one is string => typeof one === 'string')
    : [];
}

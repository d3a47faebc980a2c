import type { Json } from '../../../src/model/value.ts';
import type { Person } from '../../people/people.ts';
import {
  companies,
  groups,
  hrRecordOf,
  locations,
  mergeId,
  textIn,
  type HrRecord,
  type Item,
} from './record.ts';

export type SyncState = 'SYNCING' | 'DONE' | 'FAILED' | 'DISABLED' | 'PAUSED' | 'PARTIALLY_SYNCED';

/** One common model in `GET /sync-status`. Tests change it as they like. */
export interface SyncStatus {
  status: SyncState;
  last_sync_result: SyncState | null;
  last_sync_start: string | null;
  last_sync_finished: string | null;
  is_initial_sync: boolean;
  data_fresh_as_of?: string;
  selective_sync_configurations_usage?: 'IN_NEXT_SYNC' | 'IN_LAST_SYNC';
}

const models = ['Employee', 'Employment', 'Group', 'Location', 'Company', 'PayGroup'] as const;
export type Model = (typeof models)[number];

/** An HR system, and Merge's copy of it: the copy follows only when Merge copies (`sync`). */
export class LinkedAccount {
  readonly id: string;
  readonly originId: string;
  readonly accountToken: string;
  readonly integration: string;
  status: 'COMPLETE' | 'INCOMPLETE' | 'RELINK_NEEDED' | 'IDLE' = 'COMPLETE';
  completedAt: string;
  /** Whether this integration tells which records were deleted; without it they stay in the copy as they were. */
  tellsDeletions = true;
  /** What the HR system holds now, by remote id. */
  readonly people = new Map<string, HrRecord>();
  /** Merge's rows, by Merge's id, in the order in which Merge first saw them. */
  readonly employees = new Map<string, Item>();
  readonly employments = new Map<string, Item>();
  readonly raw = new Map<string, Item>();
  readonly sync: Readonly<Record<Model, SyncStatus>>;
  /** What the scopes switch off: whole models, or fields. */
  readonly disabled: Record<Model, 'all' | string[]>;
  /** Open issues, as the dashboard words them. */
  readonly issues: string[] = [];
  readonly #now: () => number;
  readonly #fixedItems = new Map<Model, ReadonlyMap<string, Item>>();

  constructor(options: {
    readonly originId: string;
    readonly accountToken: string;
    readonly integration: string;
    readonly now: () => number;
  }) {
    this.originId = options.originId;
    this.accountToken = options.accountToken;
    this.integration = options.integration;
    this.id = mergeId(options.originId, 'account', options.integration);
    this.#now = options.now;
    this.completedAt = this.stamp();
    const fresh = (): SyncStatus => ({
      status: 'SYNCING',
      last_sync_result: null,
      last_sync_start: this.stamp(),
      last_sync_finished: null,
      is_initial_sync: true,
    });
    this.sync = byModel(fresh);
    this.disabled = byModel(() => []);
  }

  stamp(plusMs = 0): string {
    return new Date(this.#now() + plusMs).toISOString();
  }

  hire(person: Person): void {
    this.people.set(String(person.number), hrRecordOf(person));
  }

  change(remoteId: string, employee: Item): void {
    const record = this.#known(remoteId);
    this.people.set(remoteId, { ...record, employee: { ...record.employee, ...employee } });
  }

  /** A termination after its date: still in the list, inactive. */
  leave(remoteId: string, lastDay: string): void {
    this.change(remoteId, { employment_status: 'INACTIVE', termination_date: `${lastDay}T00:00:00Z` });
  }

  /** Deleted in the HR system. */
  remove(remoteId: string): void {
    this.#known(remoteId);
    this.people.delete(remoteId);
  }

  /** Merge copies everything that is not switched off. */
  copy(): void {
    const start = this.stamp();
    for (const [remoteId, record] of this.people) this.#copyOne(remoteId, record);
    for (const [id, row] of this.employees) {
      const isGone = !this.people.has(textIn(row, 'remote_id'));
      if (isGone && this.tellsDeletions && row['remote_was_deleted'] !== true) {
        this.employees.set(id, { ...row, remote_was_deleted: true, modified_at: start });
      }
    }
    for (const model of models) {
      const isOff = this.disabled[model] === 'all';
      Object.assign(this.sync[model], {
        status: isOff ? 'DISABLED' : 'DONE',
        last_sync_result: isOff ? null : 'DONE',
        last_sync_start: isOff ? null : start,
        last_sync_finished: isOff ? null : this.stamp(),
        is_initial_sync: false,
      });
    }
  }

  groupsById(): ReadonlyMap<string, Item> {
    return this.#fixed('Group', groups);
  }

  locationsById(): ReadonlyMap<string, Item> {
    return this.#fixed('Location', locations);
  }

  companiesById(): ReadonlyMap<string, Item> {
    return this.#fixed('Company', companies);
  }

  #copyOne(remoteId: string, { employee, employments, raw }: HrRecord): void {
    const id = this.idOf('Employee', remoteId);
    const before = this.employees.get(id);
    const jobs = employments.map((one): Item => {
      const job = this.idOf('Employment', textIn(one, 'remote_id'));
      return {
        id: job,
        ...one,
        employee: id,
        remote_was_deleted: false,
        ...this.#stamps(this.employments.get(job)),
      };
    });
    for (const job of jobs) this.employments.set(textIn(job, 'id'), job);
    this.raw.set(id, raw);
    const row: Item = {
      id,
      ...employee,
      company: this.#related('Company', employee['company']),
      groups: (employee['groups'] as readonly string[]).map((one) => this.idOf('Group', one)),
      employments: jobs.map((job) => textIn(job, 'id')),
      home_location: this.#related('Location', employee['home_location']),
      work_location: this.#related('Location', employee['work_location']),
      manager: this.#related('Employee', employee['manager']),
      remote_was_deleted: false,
      created_at: before?.['created_at'] ?? this.stamp(),
    };
    const modified = before !== undefined && isSame(before, row) ? before['modified_at'] : undefined;
    this.employees.set(id, { ...row, modified_at: modified ?? this.stamp() });
  }

  idOf(model: Model, remoteId: string): string {
    return mergeId(this.id, model, remoteId);
  }

  #fixed(model: Model, items: ReadonlyMap<string, Item>): ReadonlyMap<string, Item> {
    const known = this.#fixedItems.get(model);
    if (known !== undefined) return known;
    const rows = [...items].map(([remoteId, item]): [string, Item] => {
      const id = this.idOf(model, remoteId);
      return [id, { id, ...item, remote_was_deleted: false, ...this.#stamps(undefined) }];
    });
    const fixed = new Map(rows);
    this.#fixedItems.set(model, fixed);
    return fixed;
  }

  #related(model: Model, remoteId: Json | undefined): string | null {
    return typeof remoteId === 'string' ? this.idOf(model, remoteId) : null;
  }

  #stamps(before: Item | undefined): Item {
    return { created_at: before?.['created_at'] ?? this.completedAt, modified_at: this.stamp() };
  }

  #known(remoteId: string): HrRecord {
    const record = this.people.get(remoteId);
    if (record === undefined) throw new Error(`the HR system has nobody with the id ${remoteId}`);
    return record;
  }
}

function byModel<T>(make: (model: Model) => T): Record<Model, T> {
  return Object.fromEntries(models.map((model) => [model, make(model)])) as Record<Model, T>;
}

/** But for the moment of the last change. */
function isSame(then: Item, row: Item): boolean {
  const { modified_at: _, ...before } = then;
  return JSON.stringify(sorted(before)) === JSON.stringify(sorted(row));
}

function sorted(item: Item): readonly (readonly [string, Json])[] {
  return Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

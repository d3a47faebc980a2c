import type { Chance } from './chance.ts';
import { departments, mended, newcomer, spoilings } from './records.ts';
import type { HrRecord, SourceSystem } from './source.ts';
import type { TargetSystem } from './target.ts';
import type { Time } from './time.ts';

/** What happens to people: the life of a company as its HR system records it, by chance. */
export class Life {
  readonly #source: SourceSystem;
  readonly #target: TargetSystem;
  readonly #chance: Chance;
  readonly #time: Time;
  readonly #prefix: string;
  #born = 0;
  #addresses = 0;
  /** Records that vanished and may come back. */
  readonly #gone: HrRecord[] = [];

  constructor(source: SourceSystem, target: TargetSystem, chance: Chance, time: Time) {
    this.#source = source;
    this.#target = target;
    this.#chance = chance.fork(source.name);
    this.#time = time;
    this.#prefix = source.name.replace('hr-', '').slice(0, 1);
  }

  /** Says in a few words what happened. */
  happens(): string {
    const events: readonly (() => string)[] = [
      () => this.hire(),
      () => this.hire(),
      () => this.#change('leaves', () => ({ status: 'inactive' })),
      () => this.#change('has a last day', () => ({ last_day: this.#day(-1, 4) })),
      () => this.#change('is renamed', () => ({ last_name: `Name ${this.#next()}`, email: this.#address() })),
      () => this.#swap(),
      () => this.#change('moves', () => ({ department: this.#chance.pick(departments) ?? '' })),
      () => this.#change('joins the board', () => ({ department: 'Board' })),
      () => this.#change('has another phone', () => ({ phone: `+49 ${this.#next()}` })),
      () => this.#change('has no phone', () => ({ phone: null })),
      () => this.#change('has another manager', (one) => ({ manager: this.#colleague(one)?.id ?? null })),
      () =>
        this.#change('goes on leave', ({ status }) => ({ status: status === 'active' ? 'leave' : status })),
      () => this.#change('is back', ({ status }) => ({ status: status === 'leave' ? 'active' : status })),
      () => this.#change('is hired again', () => ({ status: 'active', last_day: null })),
      () =>
        this.#change('is hired again later', () => ({
          status: 'active',
          start_date: this.#day(1, 3),
          last_day: this.#day(-3, -1),
        })),
      () => this.#vanish(),
      () => this.#comeBack(),
      () => this.#spoil(),
      () => this.#spoil(),
      () => this.#mend(),
    ];
    return this.#chance.pick(events)?.() ?? '';
  }

  /** One begins tomorrow, and another's last day is today: two dates that the calm sees come. Says whose. */
  plans(): readonly string[] {
    const leaver = this.#chance.pick([...this.#source.people.values()].filter(isHere));
    this.hire();
    const newest = [...this.#source.people.values()].at(-1);
    if (newest !== undefined) this.#put(newest, { start_date: this.#day(1, 1) });
    if (leaver !== undefined) this.#put(leaver, { last_day: this.#day(0, 0) });
    return [newest, leaver].flatMap((one) => (one === undefined ? [] : [one.id]));
  }

  /** Many at once: what limits are for. */
  happensToMany(): string {
    const share = this.#chance.oneOf(0.25, 0.5);
    const some = [...this.#source.people.values()].filter(() => this.#chance.happens(share));
    const what = this.#chance.oneOf(
      'leave',
      'are renamed',
      'vanish',
      'move',
      'join the board',
      'have no phone',
    );
    for (const record of some) {
      if (what === 'leave') this.#put(record, { status: 'inactive' });
      if (what === 'are renamed') this.#put(record, { email: this.#address() });
      if (what === 'move') this.#put(record, { department: this.#chance.pick(departments) ?? '' });
      if (what === 'join the board') this.#put(record, { department: 'Board' });
      if (what === 'have no phone') this.#put(record, { phone: null });
      if (what === 'vanish') this.#remove(record);
    }
    return `${some.length} people ${what}`;
  }

  hire(): string {
    this.#born += 1;
    const id = `${this.#prefix}${this.#born}`;
    const stranger = this.#chance.happens(0.2) ? this.#chance.pick(this.#strangers()) : undefined;
    const record = newcomer(this.#born, this.#chance, this.#time, {
      id,
      email: stranger ?? this.#address(),
    });
    this.#source.people.set(id, { ...record, manager: this.#colleague(record)?.id ?? null });
    return `${id} is hired${stranger === undefined ? '' : ' and has an account by hand'}`;
  }

  /** Addresses of accounts that somebody made by hand. */
  #strangers(): readonly string[] {
    return [...this.#target.accounts.values()].flatMap(({ values }) =>
      values['hris_id'] === undefined && values['email'] !== undefined ? [values['email']] : [],
    );
  }

  #somebody(): HrRecord | undefined {
    return this.#chance.pick([...this.#source.people.values()]);
  }

  /** Managers are people of the same sync. */
  #colleague({ site }: HrRecord): HrRecord | undefined {
    return this.#chance.pick([...this.#source.people.values()].filter((other) => other['site'] === site));
  }

  #change(what: string, change: (record: HrRecord) => Partial<HrRecord>): string {
    const record = this.#somebody();
    if (record === undefined) return 'nothing happens';
    this.#put(record, change(record));
    return `${record.id} ${what}`;
  }

  #put(record: HrRecord, change: Partial<HrRecord>): void {
    this.#source.people.set(record.id, { ...record, ...change } as HrRecord);
  }

  /** One takes the address that another gives up. */
  #swap(): string {
    const [giver, taker] = this.#chance.shuffled([...this.#source.people.values()]);
    if (giver === undefined || taker === undefined) return 'nothing happens';
    this.#put(giver, { email: this.#address() });
    this.#put(taker, { email: giver['email'] ?? null });
    return `${taker.id} takes the address of ${giver.id}`;
  }

  #vanish(): string {
    const record = this.#somebody();
    if (record === undefined) return 'nothing happens';
    this.#remove(record);
    return `${record.id} vanishes`;
  }

  #remove(record: HrRecord): void {
    this.#source.people.delete(record.id);
    this.#source.doubles.delete(record.id);
    this.#gone.push(record);
  }

  #comeBack(): string {
    const record = this.#chance.pick(this.#gone);
    if (record === undefined || this.#source.people.has(record.id)) return 'nothing happens';
    this.#source.people.set(record.id, record);
    return `${record.id} comes back`;
  }

  /** Records as HR systems sometimes have them. */
  #spoil(): string {
    const record = this.#somebody();
    if (record === undefined) return 'nothing happens';
    const how = this.#chance.pick(['double', 'no id', 'same address', ...spoilings.keys()]) ?? '';
    if (how === 'double') this.#source.doubles.set(record.id, { ...record, phone: '+49 000' });
    else if (how === 'no id') this.#source.withoutId += 1;
    else if (how === 'same address') this.#put(record, { email: this.#somebody()?.['email'] ?? null });
    else this.#put(record, spoilings.get(how) ?? {});
    return `the record of ${record.id} is spoilt: ${how}`;
  }

  #mend(): string {
    this.#source.doubles.clear();
    this.#source.withoutId = 0;
    let count = 0;
    for (const record of this.#source.people.values()) {
      const change = mended(record);
      if (change === undefined) continue;
      count += 1;
      this.#put(record, change);
    }
    return `${count} records are mended`;
  }

  #day(from: number, to: number): string {
    return this.#time.date(this.#chance.between(from, to));
  }

  #address(): string {
    this.#addresses += 1;
    return `${this.#chance.oneOf('', 'X')}${this.#prefix}${this.#addresses}@example.test`;
  }

  #next(): number {
    this.#addresses += 1;
    return this.#addresses;
  }
}

function isHere({ status, last_day: lastDay }: HrRecord): boolean {
  return status === 'active' && lastDay === null;
}

import { departments, firstNames, lastNames, offices, positions } from './names.ts';

/** An invented person. Nobody of this name and address exists: the domains are reserved for examples (RFC 2606). */
export interface Person {
  /** From 1 up, in order of birth into the list. */
  readonly number: number;
  readonly firstName: string;
  readonly lastName: string;
  /** Unique, ASCII, lower case. */
  readonly email: string;
  readonly status: PersonStatus;
  readonly position: string;
  readonly department: string;
  readonly team: string;
  readonly office: string;
  /** ISO 3166 alpha-2, of the office. */
  readonly country: string;
  /** IANA name, of the office. */
  readonly timezone: string;
  /** Number of the supervisor, always smaller than one's own; `undefined` for the first. */
  readonly supervisor: number | undefined;
  /** `YYYY-MM-DD`. In the future for those who are to start. */
  readonly hireDate: string;
  /** `YYYY-MM-DD` for those who left. */
  readonly lastDay: string | undefined;
  readonly weeklyHours: number;
}

export type PersonStatus = 'onboarding' | 'active' | 'leave' | 'inactive';

export interface InventOptions {
  readonly count: number;
  readonly seed: number;
  /** Weights; default 90 active, 4 onboarding, 3 on leave, 3 gone. */
  readonly mix?: Readonly<Partial<Record<PersonStatus, number>>>;
  /** The day it is, `YYYY-MM-DD`. Default 2026-03-02. */
  readonly today?: string;
}

const dayMs = 86_400_000;
const usualMix = { active: 90, onboarding: 4, leave: 3, inactive: 3 };

/** The same people for the same options, in linear time. */
export function inventPeople({ count, seed, mix = usualMix, today = '2026-03-02' }: InventOptions): Person[] {
  const random = generator(seed);
  const now = Date.parse(today);
  const statuses = weighted(mix);
  return Array.from({ length: count }, (_, index) => inventOne(index + 1, random, statuses(random()), now));
}

function inventOne(number: number, random: () => number, status: PersonStatus, now: number): Person {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const firstName = pick(firstNames);
  const lastName = pick(lastNames);
  const department = pick(departments);
  const office = pick(offices);
  const sinceDays =
    status === 'onboarding' ? -1 - Math.floor(random() * 60) : 30 + Math.floor(random() * 4000);
  const gone = status === 'inactive' ? 1 + Math.floor(random() * 29) : undefined;
  return {
    number,
    firstName,
    lastName,
    email: `${ascii(firstName)}.${ascii(lastName)}.${number}@${number % 7 === 0 ? 'example.org' : 'example.test'}`,
    status,
    position: pick(positions),
    department: department.name,
    team: pick(department.teams),
    office: office.name,
    country: office.country,
    timezone: office.zone,
    // Eight reports for each: a tree whose depth grows with the logarithm.
    supervisor: number === 1 ? undefined : Math.floor((number - 2) / 8) + 1,
    hireDate: day(now - sinceDays * dayMs),
    lastDay: gone === undefined ? undefined : day(now - gone * dayMs),
    weeklyHours: pick([40, 40, 40, 38.5, 20]),
  };
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const asciiOf = new Map<string, string>();

/** The local part of an address: letters of other scripts are left out, since addresses here are ASCII. */
function ascii(name: string): string {
  let text = asciiOf.get(name);
  if (text === undefined) {
    const plain = name
      .normalize('NFD')
      .replaceAll('ß', 'ss')
      .replaceAll(/[^A-Za-z]/g, '')
      .toLowerCase();
    text = plain === '' ? 'x' : plain;
    asciiOf.set(name, text);
  }
  return text;
}

function weighted(mix: NonNullable<InventOptions['mix']>): (fraction: number) => PersonStatus {
  const entries = Object.entries(mix) as [PersonStatus, number][];
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return (fraction) => {
    let left = fraction * total;
    for (const [status, weight] of entries) {
      left -= weight;
      if (left < 0) return status;
    }
    return entries[0]?.[0] ?? 'active';
  };
}

/** Numbers from 0 below 1 by a 32-bit mix of a counter: no state but the counter, the same on every machine. */
function generator(seed: number): () => number {
  let counter = seed | 0;
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
}

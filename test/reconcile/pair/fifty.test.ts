import { expect, test } from 'vitest';
import { Chance } from '../../simulator/chance.ts';
import type { Building } from './building.ts';
import type { Directions } from './specs.ts';
import { createOnly, disjoint, endingBothWays, lastEdit, openPair } from './specs.ts';
import type { Entry, System } from './system.ts';

const names = ['Ada', 'Bea', 'Cleo'];
const phones = ['+49 1', '+49 2', '+49 3'];

/** What people do on both sides between two passes. */
class Hands {
  /** Edits since everything was quiet, by person and attribute. */
  readonly edits = new Map<string, System[]>();
  /** Entered on both sides by hand, or out at some time: how these begin, or go on, is not for an edit to show. */
  readonly special = new Set<string>();
  readonly #building: Building;
  readonly #chance: Chance;
  #people = 0;

  constructor(building: Building, chance: Chance) {
    this.#building = building;
    this.#chance = chance;
  }

  /** Answers what it was, for a seed that fails. */
  edit(): string {
    const system = this.#building.system(this.#chance.oneOf('hr', 'lms'));
    const entry = this.#chance.pick([...system.entries.values()]);
    const what = this.#chance.below(10);
    if (entry === undefined || what < 2) return this.#hire(system);
    if (what < 6) return this.#set(system, entry, 'first_name', names);
    if (what < 8) return this.#set(system, entry, 'phone', phones);
    entry.active = !entry.active;
    this.special.add(emailOf(entry));
    return `${system.name}: ${entry.id} is ${entry.active ? 'back' : 'out'}`;
  }

  #hire(system: System): string {
    const email = `Person${(this.#people += 1)}@example.com`;
    const entry = system.add({ email, first_name: this.#chance.pick(names) ?? '', phone: '+49 0' });
    const both = this.#chance.happens(0.2);
    if (both) {
      this.#building
        .system(system.name === 'hr' ? 'lms' : 'hr')
        .add({ email, first_name: 'Zoe', phone: '+49 9' });
      this.special.add(emailOf(entry));
    }
    return `${system.name}: ${entry.id} joins${both ? ', on both sides' : ''}`;
  }

  #set(system: System, entry: Entry, name: string, values: readonly string[]): string {
    const before = entry.values.get(name);
    const value = this.#chance.pick(values.filter((one) => one !== before)) ?? '';
    const key = `${emailOf(entry)} ${name}`;
    this.edits.set(key, [...(this.edits.get(key) ?? []), system]);
    entry.values.set(name, value);
    return `${system.name}: ${entry.id} ${name} = ${value}`;
  }
}

function emailOf({ values }: Entry): string {
  return String(values.get('email')).toLowerCase();
}

/** Both directions until both are quiet. */
async function settle(building: Building): Promise<number> {
  for (let rounds = 0; rounds < 5; rounds += 1) {
    building.wrote();
    await building.pass('back');
    await building.pass('staff');
    if (building.wrote().length === 0) return rounds;
  }
  return Infinity;
}

function doubles(building: Building): readonly string[] {
  return [...building.systems.values()].flatMap(({ name, entries }) => {
    const emails = [...entries.values()].map(emailOf);
    return emails.filter((email, at) => emails.indexOf(email) !== at).map((email) => `${name} ${email}`);
  });
}

/** Where one edit by one side has not arrived on the other. */
function missed(building: Building, hands: Hands, flows: readonly string[]): readonly string[] {
  const [hr, lms] = ['hr', 'lms'].map((name) => [...building.system(name).entries.values()]);
  return [...hands.edits].flatMap(([key, [system, another]]) => {
    const [email = '', name = ''] = key.split(' ');
    if (another !== undefined || hands.special.has(email) || !flows.includes(`${system?.name} ${name}`))
      return [];
    const [person, user] = [hr, lms].map((entries) => entries?.find((one) => emailOf(one) === email));
    const values = [person?.values.get(name), user?.values.get(name)].map(String);
    return values[0] === values[1] ? [] : [`${key}: ${values.join(' in HR, on the platform ')}`];
  });
}

const everywhere = ['hr first_name', 'hr phone', 'lms first_name', 'lms phone'];

/** Whose edits must arrive on the other side. */
const modes: Readonly<Record<string, readonly [Directions, readonly string[]]>> = {
  'new people come from the platform': [createOnly, ['hr first_name', 'hr phone']],
  'each side has its attributes': [disjoint, ['hr first_name', 'lms phone']],
  'the last edit is followed': [lastEdit, everywhere],
  'people may leave on either side, too': [endingBothWays, everywhere],
};

const cases = Object.entries(modes).flatMap(([name, [directions, flows]]) =>
  [1, 2, 3].map((seed) => ({ name, directions, flows, seed })),
);

test.each(cases)('fifty passes of edits on both sides, where $name (seed $seed)', async (given) => {
  const building = await openPair(given.directions);
  const chance = new Chance(given.seed);
  const hands = new Hands(building, chance);
  const story: string[] = [];
  const none = (found: readonly string[]) => expect(found, story.join('\n')).toEqual([]);
  const quiet = async () => {
    expect(await settle(building), story.join('\n')).toBeLessThan(3);
    // Nobody has done anything since: whatever is written now is an echo.
    await building.pass('staff');
    await building.pass('back');
    none(building.wrote());
    none(missed(building, hands, given.flows));
    hands.edits.clear();
    story.push('quiet');
  };
  await settle(building);
  for (let pass = 0; pass < 50; pass += 1) {
    if (chance.happens(0.6)) story.push(hands.edit());
    const name = chance.oneOf('staff', 'back');
    await building.pass(name);
    story.push(`${name}: ${building.wrote().join(', ')}`);
    none(doubles(building));
    if (chance.happens(0.2)) await quiet();
  }
  await quiet();
});

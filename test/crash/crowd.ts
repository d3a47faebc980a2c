import { firstNames, lastNames } from '../people/names.ts';
import type { Chance } from '../simulator/chance.ts';
import { employee, type Employee } from './company.ts';

const departments = ['Sales', 'Support', 'Research', 'Finance'] as const;

/** People who have accounts before anybody is killed. */
export function crowdOf(size: number, chance: Chance): readonly Employee[] {
  return Array.from({ length: size }, (_, index) => invented(1000 + index, chance));
}

/** What HR has changed before one apply, small enough that it takes a fraction of a second. */
export interface Changes {
  readonly people: readonly Employee[];
  readonly joiners: number;
  /** Write requests that it takes at the least. */
  readonly writes: number;
}

/**
 * Some join, move, marry and leave; new people have a manager among them, so that references come after creates.
 * `isTakeover`: a whole company joins, so that what became of the first is kept before the last is sent.
 */
export function changesOf(crowd: readonly Employee[], chance: Chance, isTakeover: boolean): Changes {
  const [joining, moving, marrying, leaving] = [
    isTakeover ? chance.between(110, 160) : chance.between(6, 12),
    chance.between(6, 12),
    chance.between(1, 4),
    chance.between(1, 4),
  ];
  const picked = chance.shuffled(crowd).slice(0, moving + marrying + leaving);
  const changed = new Map(
    picked.map((one, index): [string, Employee] => {
      if (index < moving) return [one.id, { ...one, department: 'Moved', phone: `${one.phone} 9` }];
      if (index < moving + marrying) {
        return [one.id, { ...one, last: 'Newname', email: `newname.${one.id}@example.test` }];
      }
      return [one.id, { ...one, status: 'left' }];
    }),
  );
  const joiners = Array.from({ length: joining }, (_, index) => invented(5000 + index, chance));
  const manager = joiners[0]?.id ?? '';
  const managed = joiners.map((one, index) => (index % 3 === 2 && index < 30 ? { ...one, manager } : one));
  const references = managed.filter((one) => one.manager !== '').length;
  return {
    people: [...crowd.map((one) => changed.get(one.id) ?? one), ...managed],
    joiners: joining,
    writes: joining + references + picked.length,
  };
}

function invented(number: number, chance: Chance): Employee {
  const id = String(number);
  const email = `person.${id}@example.test`;
  const department = chance.pick(departments) ?? 'Sales';
  return employee(id, chance.pick(firstNames) ?? 'Ada', chance.pick(lastNames) ?? 'Byron', {
    email,
    department,
  });
}

import { firstNames, lastNames } from '../people/names.ts';

const header = 'id,first,last,email,department,status,start';

/** The list of one company on one day: each day another hundredth moves, a few join and as many leave. */
export function listOf(company: number, size: number, day: number): string {
  const lines = [header];
  const change = changesPerDay(size);
  for (let number = 0; number < size + day * change; number += 1) {
    lines.push(lineOf(company, number, day, number < day * change));
  }
  return lines.join('\n');
}

/** Below the limit of leavers, which is a tenth. */
export function changesPerDay(size: number): number {
  return Math.ceil(size / 500);
}

function lineOf(company: number, number: number, day: number, hasLeft: boolean): string {
  const first = firstNames[number % firstNames.length] ?? 'Ada';
  const last = lastNames[(number * 7) % lastNames.length] ?? 'Byron';
  const moves = Math.floor((day - (number % 100) + 100) / 100);
  const status = hasLeft ? 'left' : 'active';
  const email = `person${number}@company${company}.example.test`;
  return `${company}-${number},${first},${last},${email},Department ${moves},${status},2024-02-29`;
}

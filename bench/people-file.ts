import { writeFile } from 'node:fs/promises';
import { inventPeople, type Person } from '../test/people/people.ts';

const header = 'employee_number,first_name,last_name,email,department,position,office,country,status,start';

/** Writes the same invented people for the same size, all of them here, as an HR system's export. */
export async function writePeople(file: string, size: number, version: number): Promise<void> {
  const people = inventPeople({ count: size, seed: 7, mix: { active: 1 } });
  const lines = people.map((person) => line(person, departmentAt(person, version)));
  await writeFile(file, `${header}\n${lines.join('\n')}\n`);
}

/** How many people differ between one version of the file and the next: one in a hundred. */
export function changedBetween(size: number, version: number): number {
  let count = 0;
  for (let number = 1; number <= size; number += 1) if (moves(number, version + 1)) count += 1;
  return count;
}

/** In every version another hundredth moves to a department that they did not have, and stays. */
function departmentAt({ number, department }: Person, version: number): string {
  for (let moved = version; moved > 0; moved -= 1) if (moves(number, moved)) return `Department ${moved}`;
  return department;
}

function moves(number: number, version: number): boolean {
  return number % 100 === version % 100;
}

function line(person: Person, department: string): string {
  const { number, firstName, lastName, email, position, office, country, hireDate } = person;
  const id = String(100_000 + number);
  return [id, firstName, lastName, email, department, position, office, country, 'active', hireDate]
    .map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

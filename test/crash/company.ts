/** One line of the HR list. Everybody is invented. */
export interface Employee {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly email: string;
  readonly department: string;
  readonly phone: string;
  /** Id of the manager, or nothing. */
  readonly manager: string;
  readonly status: 'active' | 'left';
}

const columns = ['id', 'first', 'last', 'email', 'department', 'phone', 'manager', 'status'] as const;

export function csvOf(people: readonly Employee[]): string {
  return [columns.join(','), ...people.map((one) => columns.map((name) => one[name]).join(','))].join('\n');
}

/** Somebody at work in Sales, with an address and a number of their own. */
export function employee(id: string, first: string, last: string, more: Partial<Employee> = {}): Employee {
  const email = `${first}.${last}@example.test`.toLowerCase();
  const phone = `+49 30 ${id}`;
  return { id, first, last, email, department: 'Sales', phone, manager: '', status: 'active', ...more };
}

/** Everybody who is linked before the pass that fails. */
export const staff: readonly Employee[] = [
  employee('1001', 'Astrid', 'Velde'),
  employee('1002', 'Bruno', 'Maas', { manager: '1001' }),
  employee('1003', 'Clara', 'Fitz', { manager: '1001' }),
  employee('1004', 'Dario', 'Quint', { manager: '1001' }),
  employee('1005', 'Elin', 'Sander', { manager: '1001' }),
  employee('1006', 'Faisal', 'Noor', { manager: '1001' }),
  employee('1007', 'Greta', 'Holm', { manager: '1001' }),
  employee('1008', 'Hugo', 'Lind', { manager: '1001' }),
  employee('1009', 'Ines', 'Prado', { manager: '1001' }),
  employee('1010', 'Jonas', 'Weiler', { manager: '1001' }),
];

/** Two people marry: held until somebody approves. */
export const renamed: readonly Employee[] = changed(staff, {
  '1003': { last: 'Berg', email: 'clara.berg@example.test' },
  '1004': { last: 'Adler', email: 'dario.adler@example.test' },
});

/** Everything that may happen at once: who joins, moves, leaves, vanishes, loses a number, gets another manager. */
export const everything: readonly Employee[] = [
  ...changed(renamed, {
    '1002': { department: 'Support' },
    '1005': { phone: '' },
    '1006': { status: 'left' },
    '1009': { manager: '2001' },
  }).filter(({ id }) => id !== '1010'),
  employee('2001', 'Karim', 'Stein', { manager: '1001' }),
  employee('2002', 'Lotte', 'Brand', { manager: '2001' }),
  employee('2003', 'Milan', 'Okafor'),
  employee('2004', 'Nora', 'Lemke'),
  employee('2005', 'Omar', 'Reuter', { department: 'Support' }),
];

/** Whose new number stays held, since nobody approves it. */
export const held = '1005';
/** Whose account somebody switched off by hand, and whose got another name by hand. */
export const switchedOff = '1007';
export const misnamed = '1008';
/** Whose accounts were there before: one as it must be, the other with another department and without our identity. */
export const known = ['2004', '2005'] as const;

/** How every account must be in the end, by person. */
export function expectedAccounts(): ReadonlyMap<string, Employee> {
  const jonas = staff.filter(({ id }) => id === '1010');
  const phone = staff.find(({ id }) => id === held)?.phone ?? '';
  return new Map([...changed(everything, { [held]: { phone } }), ...jonas].map((one) => [one.id, one]));
}

/** Who gets an account by us. */
export const joiners = ['2001', '2002', '2003'] as const;

function changed(
  people: readonly Employee[],
  changes: Readonly<Record<string, Partial<Employee>>>,
): readonly Employee[] {
  return people.map((one) => ({ ...one, ...changes[one.id] }));
}

import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/**
 * OUR MODEL of an equity portal, not Optio's: there is no document of its import. From its help page are the preview, that
 * nothing changes until a person synchronises, and the choice of the identifier; from the nature of equity, that nobody
 * who has a grant ever goes. Everything else is chosen here, by the stricter reading.
 */
export class EquityPortal {
  readonly #file: string;
  readonly #identifier: 'employee_number' | 'company_email';
  readonly #legalEntities: readonly string[];
  /** Who has taken part, leavers too, by identifier. */
  readonly participants = new Map<string, Participant>();

  constructor(options: {
    readonly file: string;
    readonly identifier?: 'employee_number' | 'company_email';
    readonly legalEntities: readonly string[];
  }) {
    this.#file = options.file;
    this.#identifier = options.identifier ?? 'employee_number';
    this.#legalEntities = options.legalEntities;
  }

  /** What synchronising would do. Nothing is changed by looking. */
  preview(): Preview {
    const rows = this.#rows();
    const preview: Preview = { joiners: [], changes: [], leavers: [], faults: faultsOf(rows, this) };
    for (const row of rows) {
      const id = row[this.#identifier] ?? '';
      const known = this.participants.get(id);
      if (known === undefined) preview.joiners.push(id);
      else if (known.row.termination_date === '' && row.termination_date !== '') preview.leavers.push(id);
      else if (JSON.stringify(known.row) !== JSON.stringify(row)) preview.changes.push(id);
    }
    return preview;
  }

  /** The button "Synchronize Now": all of it, or nothing where something is wrong. Whoever is not in the file stays. */
  synchronize(): Preview {
    const preview = this.preview();
    if (preview.faults.length > 0) throw new Error(`not synchronised: ${preview.faults.join('; ')}`);
    for (const row of this.#rows()) {
      const id = row[this.#identifier] ?? '';
      const { options } = this.participants.get(id) ?? { options: 1_000 };
      this.participants.set(id, { row, options });
    }
    return preview;
  }

  get identifier(): 'employee_number' | 'company_email' {
    return this.#identifier;
  }

  get legalEntities(): readonly string[] {
    return this.#legalEntities;
  }

  #rows(): readonly Row[] {
    return parse(readFileSync(this.#file, 'utf8'), { columns: true }) as Row[];
  }
}

type Row = Readonly<Record<string, string>> & { readonly termination_date: string };

export interface Participant {
  readonly row: Row;
  /** Granted when they joined, and theirs whatever becomes of them. */
  readonly options: number;
}

export interface Preview {
  readonly joiners: string[];
  readonly changes: string[];
  readonly leavers: string[];
  readonly faults: readonly string[];
}

function faultsOf(rows: readonly Row[], { identifier, legalEntities }: EquityPortal): readonly string[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const id = row[identifier] ?? '';
    const isTwice = seen.has(id);
    seen.add(id);
    const faults = [
      id === '' && `no ${identifier}`,
      isTwice && `the ${identifier} is there twice`,
      !legalEntities.includes(row['legal_entity'] ?? '') && 'unknown legal entity',
      !isDate(row['hire_date'] ?? '') && 'no hire date',
      row.termination_date !== '' && !isDate(row.termination_date) && 'no termination date',
      row.termination_date !== '' &&
        row.termination_date < (row['hire_date'] ?? '') &&
        'left before they came',
      row['status'] === 'inactive' && row.termination_date === '' && 'inactive without a termination date',
    ];
    return faults.filter((one) => one !== false).map((fault) => `line ${index + 2}: ${fault}`);
  });
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

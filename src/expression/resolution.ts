import type { ASTNode, Environment as Cel } from '@marcbachmann/cel-js';
import type { Attributes } from './attributes.ts';
import { optionalOf, registerColumn } from './environment.ts';
import type { ExpressionFault, LookupTable } from './expression.ts';
import { limits, type Meter } from './limits.ts';
import type { BoundRecord, Records } from './record.ts';
import type { Absences } from './record-fault.ts';
import { bracketsOf, type Brackets, type Edit, filling, type Range } from './text-ranges.ts';
import { celName } from './value-types.ts';

/** What a compiler shares between its expressions. */
export interface Shared {
  readonly cel: Cel;
  readonly attributes: Attributes;
  readonly lookups: ReadonlyMap<string, LookupTable>;
  readonly records: Records;
  readonly absences: Absences;
  readonly meter: Meter;
  /** Functions that read a column, by table and column. */
  readonly columnFunctions: Map<string, string>;
  /** Prototype of what CEL reads variables from; gets a getter for each variable. */
  readonly variables: object;
}

/** What CEL reads variables from. */
export interface Variables {
  record: BoundRecord;
}

/** The kinds of variables that stand for a read of an attribute: its value, an optional, a test. */
type Kind = 'value' | 'optional' | 'present';

const letters: Readonly<Record<Kind, string>> = { value: 'a', optional: 'o', present: 'h' };

/** Collects what one expression reads and says, while its tree is walked. */
export class Resolution {
  readonly text: string;
  readonly shared: Shared;
  readonly brackets: Brackets;
  readonly edits: Edit[] = [];
  readonly faults: ExpressionFault[] = [];
  readonly reads = new Set<number>();
  readonly lookups = new Set<string>();
  /** Nodes whose text goes on behind their end after the edits: the columns of lookups. */
  readonly longer = new Map<number, number>();
  readsToday = false;
  hasNull = false;
  #comprehensions = 0;
  #sums = 0;
  #sumsInComprehension = 0;

  constructor(text: string, shared: Shared) {
    this.text = text;
    this.shared = shared;
    this.brackets = bracketsOf(text);
  }

  fault(code: string, { start, end }: Range, message: string, suggestion?: string): void {
    const hint = suggestion === undefined ? {} : { suggestion };
    this.faults.push({ code: `expression/${code}`, message, start, end, ...hint });
  }

  /** Puts a variable of any type in the place of what is at fault, so that the rest can be checked. */
  giveUp(range: Range): void {
    this.edits.push(filling('_', range));
    this.declareAny(range);
  }

  /** Makes the variable of any type that `giveUp` would put there. */
  declareAny(range: Range): void {
    this.#declare(filling('_', range).text, 'dyn', () => undefined);
  }

  /** Puts a variable in the place of a read. */
  readAttribute(id: number, kind: Kind, range: Range): void {
    this.reads.add(id);
    const edit = filling(`_${letters[kind]}${id}`, range);
    const type = celName(this.shared.attributes.all[id]?.type ?? 'text');
    const { records } = this.shared;
    if (kind === 'value') this.#declare(edit.text, type, (record) => records.read(record, id));
    if (kind === 'present') this.#declare(edit.text, 'bool', (record) => record.raw(id) !== undefined);
    if (kind === 'optional') {
      this.#declare(edit.text, `optional<${type}>`, (record) =>
        optionalOf(records.readIfPresent(record, id)),
      );
    }
    this.edits.push(edit);
  }

  readToday(): void {
    this.readsToday = true;
    this.#declare('today', 'date', (record) => this.shared.records.today(record));
  }

  readNull(range: Range): void {
    this.hasNull = true;
    const edit = filling('_n', range);
    this.#declare(edit.text, 'dyn', () => null);
    this.edits.push(edit);
  }

  /** The name, six characters long, of the function that reads a column. */
  columnFunction(table: LookupTable, column: string, optional: boolean): string {
    this.lookups.add(table.name);
    const { cel, absences, columnFunctions } = this.shared;
    const key = JSON.stringify([table.name, column]);
    const known = columnFunctions.get(key);
    const place = known ?? columnFunctions.size.toString(36).padStart(4, '0');
    const inner = { value: `_${place}v`, optional: `_${place}o` };
    if (known === undefined) {
      columnFunctions.set(key, place);
      registerColumn(cel, inner, table, column, absences);
    }
    return optional ? inner.optional : inner.value;
  }

  enterComprehension(depth: number, range: Range): void {
    this.#comprehensions += 1;
    const [deep, many] = [limits.comprehensionDepth, limits.comprehensions];
    const names = 'all, exists, exists_one, filter, map';
    if (depth > deep) this.fault('cost', range, `${names} stand within each other at most ${deep} deep`);
    else if (this.#comprehensions === many + 1)
      this.fault('cost', range, `more than ${many} of ${names} in one expression`);
  }

  /** Sums grow texts and lists on the way, which no function sees; so there are only so many. */
  countSum(range: Range, depth: number): void {
    this.#sums += 1;
    if (depth > 0) this.#sumsInComprehension += 1;
    const { sums, sumsInComprehension } = limits;
    if (this.#sums === sums + 1) this.fault('cost', range, `more than ${sums} + in one expression`);
    if (depth > 0 && this.#sumsInComprehension === sumsInComprehension + 1) {
      this.fault(
        'cost',
        range,
        `more than ${sumsInComprehension} + within all, exists, exists_one, filter, map`,
      );
    }
  }

  #declare(name: string, type: string, read: (record: BoundRecord) => unknown): void {
    const { cel, variables } = this.shared;
    if (cel.hasVariable(name)) return;
    cel.registerVariable(name, type);
    Object.defineProperty(variables, name, {
      get(this: Variables) {
        return read(this.record);
      },
    });
  }
}

/** The attribute's id when a name stands for its value. */
export function attributeOfVariable(name: string): number | undefined {
  const digits = /^_a(\d+)_*$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether a name stands for the constant null. */
export function isNullVariable(node: ASTNode): boolean {
  return node.op === 'id' && /^_n_*$/.test(node.args);
}

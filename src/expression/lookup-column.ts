import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../model/nearest.ts';
import type { Resolution } from './resolution.ts';
import { isAccess, segmentOf } from './source-path.ts';
import { balanced, blank, filling, type Range } from './text-ranges.ts';

/** A column of a row: `lookup("divisions", key).name`. */
interface LookupColumn {
  readonly node: ASTNode;
  readonly call: ASTNode & { readonly op: 'call' };
  readonly column: (Range & { readonly name: string }) | undefined;
  readonly optional: boolean;
}

/** The column that a node reads, or undefined where it is no access to a lookup. */
export function columnOf(node: ASTNode): LookupColumn | undefined {
  if (!isAccess(node)) return undefined;
  const [call] = node.args;
  if (call.op !== 'call' || call.args[0] !== 'lookup') return undefined;
  return { node, call, column: segmentOf(node), optional: node.op === '.?' || node.op === '[?]' };
}

/** Checks table and column, and puts the function that reads them in their place. */
export function resolveColumn({ node, call, column, optional }: LookupColumn, into: Resolution): void {
  const whole = balanced(node, into.brackets);
  const table = tableOf(call, into);
  if (table === undefined) return into.giveUp(whole);
  if (column === undefined) {
    into.fault(
      'unknown-column',
      { start: call.end, end: node.end },
      'the column of a lookup must be a constant',
    );
    return into.giveUp(whole);
  }
  if (!table.columns.includes(column.name)) {
    const near = nearest(column.name, table.columns);
    const hint =
      near === undefined ? `it has ${table.columns.slice(0, 5).join(', ')}` : `did you mean "${near}"?`;
    into.fault('unknown-column', column, `the lookup "${table.name}" has no column "${column.name}"`, hint);
    return into.giveUp(whole);
  }
  const name = into.columnFunction(table, column.name, optional);
  into.edits.push(filling(name, { start: call.start, end: call.start + 'lookup'.length }));
  into.edits.push(blank({ start: whole.start, end: call.start }), blank({ start: call.end, end: whole.end }));
  into.longer.set(call.end, node.end);
}

function tableOf(call: LookupColumn['call'], into: Resolution) {
  const [, args] = call.args;
  const [name] = args;
  if (name === undefined || args.length !== 2) {
    into.fault('type', call, 'lookup takes the name of a table and a key: lookup("table", key).column');
    return undefined;
  }
  if (name.op !== 'value' || typeof name.args !== 'string') {
    into.fault('unknown-lookup', name, 'the name of a lookup must be a constant, so that it can be checked');
    return undefined;
  }
  const { lookups } = into.shared;
  const table = lookups.get(name.args);
  if (table === undefined) {
    const near = nearest(name.args, lookups.keys());
    const hint = near === undefined ? undefined : `did you mean "${near}"?`;
    into.fault('unknown-lookup', name, `there is no lookup "${name.args}"`, hint);
  }
  return table;
}

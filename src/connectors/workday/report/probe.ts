import type { AttributeSpec } from '../../../model/attribute.ts';
import { Stalled } from '../../../model/error.ts';
import type { ConnectorContext, Probe } from '../../connector.ts';
import { textOf, type JsonObject } from '../../json.ts';
import { ownOf, usuallyNeeded } from '../attributes.ts';
import type { ReportConfig } from '../schema.ts';
import { typeOfTexts } from '../values.ts';
import { cellOf, unnamedColumn, type Columns } from './columns.ts';

/** Rows that tell the types of columns. */
const sampleSize = 1000;

/**
 * The attributes that the report has, and what it lacks. Nothing else lists a report's columns, so it is run; one that
 * nobody has a value in cannot be told from one that is not there.
 */
export async function probeReport(
  columns: Columns,
  context: ConnectorContext<ReportConfig>,
  run: () => Promise<readonly JsonObject[]>,
): Promise<Probe> {
  const known = [...columns.values()];
  let entries: readonly JsonObject[];
  try {
    entries = await run();
  } catch (error) {
    // What a person has to do in Workday is what a probe is asked for.
    if (!(error instanceof Stalled)) throw error;
    return { fields: known.map(({ spec }) => spec), missing: [error.message] };
  }
  const { name } = context.config.report;
  const { totalColumn } = context.config.complete;
  const named = new Set([...known.map(({ at }) => at.alias), totalColumn]);
  const aliases = new Set(entries.flatMap((entry) => Object.keys(entry)));
  const others = [...aliases].filter((alias) => !named.has(alias) && !isGroup(entries, alias));
  const asked = new Set([...usuallyNeeded, ...ownOf(context.fields), ...Object.keys(context.config.columns)]);
  const empty = known.filter(
    ({ spec, at }) => asked.has(spec.name) && entries.every((entry) => cellOf(entry, at.alias) === undefined),
  );
  return {
    fields: [...known.map(({ spec }) => spec), ...others.map((alias) => typed(alias, entries))],
    missing:
      entries.length === 0
        ? [`the report ${name} has no rows; ${nobody}`]
        : empty.map(({ spec, at }) => lacking(spec.name, at.alias, name)),
    notes: Object.keys(context.config.complete).length > 0 ? [] : [unbounded],
    cost: { requests: 1 },
  };
}

const nobody =
  "give the security group of this connection's account the domains of the report's data source, and check its filter and config.prompts";

const unbounded =
  'Workday does not say how many rows a report has: set config.complete.atLeast, so that one that Workday cut short is no reading';

function lacking(attribute: string, alias: string, report: string): string {
  return (
    `no row has ${attribute}: add a column with the XML alias "${alias}" to the report ${report}, or name its alias in ` +
    "config.columns; if it is there, give the account's security group the domain of its field"
  );
}

/** Columns within a group are named in `config.columns`: nobody else says which of them are meant. */
function isGroup(entries: readonly JsonObject[], alias: string): boolean {
  return entries.some((entry) => typeof entry[alias] === 'object' && entry[alias] !== null);
}

function typed(alias: string, entries: readonly JsonObject[]): AttributeSpec {
  const texts = entries.slice(0, sampleSize).map((entry) => textOf(entry[alias]) ?? '');
  return { ...unnamedColumn(alias).spec, type: typeOfTexts(texts) };
}

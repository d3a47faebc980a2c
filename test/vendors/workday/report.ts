import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { openDocument } from '../openapi.ts';
import { refuse, sections } from './refusal.ts';
import { asOf, visible, type Worker } from './workers.ts';

/** A custom report of the Advanced type. */
export interface Report {
  readonly owner: string;
  readonly name: string;
  /** Field by XML alias: aliases are the customer's own. */
  readonly columns: Map<string, string>;
  /** XML aliases of its prompts. */
  readonly prompts: ReadonlySet<string>;
  /** "Enable As Web Service". */
  enabled: boolean;
  /** User names that may run it. */
  readonly sharedWith: Set<string>;
}

/** Runs a report: strings only, what is empty is not there, no paging (section 3). */
export function runReport(
  report: Report | undefined,
  user: string,
  workers: readonly Worker[],
  granted: ReadonlySet<string>,
  today: string,
  { method, query, path }: VendorRequest,
): VendorAnswer {
  if (method !== 'GET') return refuse(405, sections.report, 'a report is read with GET');
  if (report === undefined || !report.enabled) {
    return refuse(404, sections.report, 'no such report, or it is not enabled as a web service');
  }
  if (!report.sharedWith.has(user))
    return refuse(401, sections.report, 'the report is not shared with this user');
  const unknown = [...query.keys()].find((name) => name !== 'format' && !report.prompts.has(name));
  if (unknown !== undefined) return refuse(400, sections.report, `the report has no prompt ${unknown}`);
  const [violation] = undocumented(report, path, query);
  if (violation !== undefined) return refuse(400, sections.document, violation);
  const format = query.get('format') ?? 'xml';
  const rows = workers.map((worker) => rowOf(visible(asOf(worker, today), granted), report, workers.length));
  if (format === 'json') return { status: 200, body: { Report_Entry: rows } };
  if (format === 'xml' || format === 'simplexml') {
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<wd:Report_Data xmlns:wd="urn:com.workday.report"/>',
    };
  }
  return refuse(400, sections.model, `the format ${format} is not simulated`);
}

function rowOf(worker: Worker, { columns }: Report, count: number): Readonly<Record<string, string>> {
  const shown = [...columns].map(
    ([alias, field]) => [alias, field === 'Row_Count' ? String(count) : worker.get(field)] as const,
  );
  return Object.fromEntries(shown.filter((cell): cell is readonly [string, string] => cell[1] !== undefined));
}

/**
 * The document holds one prompt as an example and says that others depend on the report: they are left out of the check.
 * Its server's path has variables, which the check does not know: the path below it is what is checked.
 */
function undocumented({ prompts }: Report, path: string, query: URLSearchParams): readonly string[] {
  const known = new URLSearchParams([...query].filter(([name]) => !prompts.has(name)));
  const below = `/${path.split('/').slice(-2).join('/')}`;
  return (
    openDocument('workday-raas-thirdparty.yaml')?.check({ method: 'GET', path: below, query: known }) ?? []
  );
}

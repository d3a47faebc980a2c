import type { Environment, ExpressionCompiler } from '../expression/expression.ts';
import { Invalid } from '../model/error.ts';
import type { Finding } from '../model/error.ts';
import type { Catalog } from './catalog.ts';
import { compileSpecs } from './compile/compile-specs.ts';
import type { ResolveConfig } from './compile/input.ts';
import type { CompiledSpecs, Revision } from './compiled.ts';
import { readDocuments, reportEmpty } from './documents.ts';
import { Findings } from './findings.ts';
import { folderDigest, readSpecFiles } from './folder.ts';
import type { OutsideFile } from './file-beside.ts';
import { readLookups } from './lookup-tables.ts';
import { readTemplates } from './templates.ts';

export interface LoadOptions {
  /** Absolute path. Findings name files relative to it. */
  readonly folder: string;
  /** Left out: the digest of the folder's specs and of the tables and texts that they name. */
  readonly revision?: Revision;
  readonly catalog: Catalog;
  /** Made once for each source connection. */
  readonly createCompiler: (environment: Environment) => ExpressionCompiler;
  /** A sentence on what is wrong with a cron text or its zone, or undefined. */
  readonly checkCron: (cron: string, timezone: string) => string | undefined;
  /** Where Lookups outside the folder may be read; without it they are refused. */
  readonly lookupFile?: OutsideFile;
  /** Puts values of the environment into configs; without it they are taken as written. */
  readonly resolveConfig?: ResolveConfig;
}

/**
 * The specs of one revision, whole and checked. Throws `Invalid` with every finding when anything is wrong: a revision
 * is never taken in part. Reads files below the folder and the tables that the operator allows, and nothing else.
 */
export async function loadAndCompile(
  options: LoadOptions,
): Promise<{ readonly specs: CompiledSpecs; readonly warnings: readonly Finding[] }> {
  const { folder, catalog, createCompiler, checkCron, lookupFile, resolveConfig } = options;
  const findings = new Findings();
  const files = await readSpecFiles(folder, findings);
  const documents = readDocuments(files, findings);
  reportEmpty(documents, findings);
  const { tables, files: tableFiles } = await readLookups(documents, folder, lookupFile, findings);
  const templates = await readTemplates(documents, folder, findings);
  const revision = options.revision ?? {
    kind: 'folder',
    id: folderDigest([...files, ...tableFiles, ...templates.values()]),
  };
  const specs = compileSpecs({
    folder,
    documents,
    revision,
    lookups: tables,
    templates,
    catalog,
    createCompiler,
    checkCron,
    resolveConfig,
    findings,
  });
  if (findings.errorCount > 0) throw new Invalid(findings.all);
  return { specs, warnings: findings.all };
}

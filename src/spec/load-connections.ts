import { Invalid } from '../model/error.ts';
import { compileSpecs } from './compile/compile-specs.ts';
import type { CompiledConnection } from './compiled.ts';
import { readDocuments } from './documents.ts';
import { Findings } from './findings.ts';
import { folderDigest, readSpecFiles } from './folder.ts';
import type { LoadOptions } from './load.ts';

/**
 * Only the connections of a revision: for looking at a system before its attributes are known, which is what the rest of
 * the specs may be waiting for. Throws `Invalid` with what is wrong with the connections themselves.
 */
export async function loadConnections(
  options: LoadOptions,
): Promise<ReadonlyMap<string, CompiledConnection>> {
  const { folder, catalog, createCompiler, checkCron, resolveConfig } = options;
  const reading = new Findings();
  const files = await readSpecFiles(folder, reading);
  const documents = readDocuments(files, reading);
  const findings = new Findings();
  const nobody = new Map<string, never>();
  const { connections } = compileSpecs({
    folder,
    documents: {
      ...documents,
      Sync: nobody,
      Mapping: nobody,
      Filter: nobody,
      Schedule: nobody,
      Lookup: nobody,
      Channel: nobody,
      Approval: nobody,
    },
    revision: options.revision ?? { kind: 'folder', id: folderDigest(files) },
    lookups: new Map(),
    templates: new Map(),
    catalog,
    createCompiler,
    checkCron,
    resolveConfig,
    findings,
  });
  if (findings.errorCount > 0) throw new Invalid(findings.all);
  if (connections.size === 0 && reading.errorCount > 0) throw new Invalid(reading.all);
  return connections;
}

import type { Documents } from './documents.ts';
import { readFileBeside } from './file-beside.ts';
import type { Findings } from './findings.ts';
import type { SpecFile } from './folder.ts';

const largestTemplate = 65_536;

/** Reads the text of every sync's welcome mail, by name of the sync. */
export async function readTemplates(
  documents: Documents,
  folder: string,
  findings: Findings,
): Promise<ReadonlyMap<string, SpecFile>> {
  const templates = new Map<string, SpecFile>();
  for (const { name, content, yaml } of documents.Sync.values()) {
    const { welcome } = content.spec;
    if (welcome === undefined) continue;
    const found = await readFileBeside(welcome.template, {
      beside: yaml.file,
      folder,
      outside: undefined,
      largest: largestTemplate,
      fault: ({ code, message }) =>
        findings.error(
          code === 'too-large' ? 'spec/too-large' : 'spec/template-file',
          yaml.place(['spec', 'welcome', 'template']),
          message,
        ),
    });
    if (found !== undefined) templates.set(name, found);
  }
  return templates;
}

import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import type { Place } from './compiled.ts';
import { apiVersion } from './documents/document.ts';
import { documentSchemas, kinds, laterKinds } from './documents/kinds.ts';
import type { DocumentOf, Kind } from './documents/kinds.ts';
import type { Findings } from './findings.ts';
import type { SpecFile } from './folder.ts';
import { suggest } from './suggestion.ts';
import { checkDocument } from './yaml/check.ts';
import { fileStart, parseYaml } from './yaml/parse.ts';
import type { YamlDocument } from './yaml/yaml-document.ts';

/** One document, checked by its kind's schema. References are not resolved yet. */
export interface SpecDocument<K extends Kind> {
  readonly name: string;
  readonly content: DocumentOf<K>;
  readonly yaml: YamlDocument;
  /** Of the document's name. */
  readonly place: Place;
}

type ByKind = { readonly [K in Kind]: ReadonlyMap<string, SpecDocument<K>> };

/** The documents of one revision by kind and name, in the order of files. */
export type Documents = ByKind & {
  /** True where a document of this name may be missing only because it has faults of its own. */
  readonly mayBeBroken: (kind: Kind, name: string) => boolean;
};

/** Reads every file into documents; what is wrong is reported, and what is left is sound by itself. */
export function readDocuments(files: readonly SpecFile[], findings: Findings): Documents {
  const documents: Record<Kind, Map<string, SpecDocument<Kind>>> = {
    Connection: new Map(),
    Sync: new Map(),
    Mapping: new Map(),
    Filter: new Map(),
    Schedule: new Map(),
    Lookup: new Map(),
    Channel: new Map(),
    Approval: new Map(),
    Links: new Map(),
    Fields: new Map(),
  };
  const broken = new Set<string>();
  let someUnreadable = false;
  for (const file of files) {
    const before = findings.errorCount;
    const text = decode(file, findings);
    const parsed = text === undefined ? [] : parseYaml(file.path, text, findings);
    someUnreadable ||= findings.errorCount > before;
    for (const yaml of parsed) {
      const kind = kindOf(yaml, findings);
      if (kind === undefined) continue;
      const schema = documentSchemas[kind] as z.ZodType<DocumentOf<Kind>>;
      const content = checkDocument(schema, yaml, findings);
      if (content === undefined) broken.add(`${kind} ${JSON.stringify(yaml.at(['metadata', 'name']))}`);
      else add(documents[kind], kind, content, yaml, findings);
    }
  }
  const mayBeBroken = (kind: Kind, name: string) =>
    someUnreadable || broken.has(`${kind} ${JSON.stringify(name)}`);
  return { ...(documents as ByKind), mayBeBroken };
}

function decode(file: SpecFile, findings: Findings): string | undefined {
  const text = Buffer.from(file.bytes).toString('utf8');
  if (isUtf8(file.bytes)) return text;
  const before = text.slice(0, Math.max(0, text.indexOf('\uFFFD'))).split('\n');
  const place = { file: file.path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  findings.error('spec/encoding', place, 'the file is not UTF-8', 'save it as UTF-8');
  return undefined;
}

/** The kind, so that a document is checked by one schema and not by all. */
function kindOf(yaml: YamlDocument, findings: Findings): Kind | undefined {
  if (typeof yaml.value !== 'object' || yaml.value === null || Array.isArray(yaml.value)) {
    findings.error(
      'spec/type',
      yaml.place([]),
      'a document must be a map with apiVersion, kind, metadata, spec',
    );
    return undefined;
  }
  const version = yaml.at(['apiVersion']);
  const kind = yaml.at(['kind']);
  if (typeof version === 'string' && version !== apiVersion) {
    const message = `"apiVersion" must be ${apiVersion}, not ${version}`;
    findings.error('spec/value', yaml.place(['apiVersion']), message);
    return undefined;
  }
  if (typeof kind === 'string' && Object.hasOwn(documentSchemas, kind)) return kind as Kind;
  const word = typeof kind === 'string' ? kind : JSON.stringify(kind);
  const later = laterKinds.get(word);
  if (kind === undefined) {
    findings.error(
      'spec/missing-key',
      yaml.place([]),
      'the document needs "kind"',
      `one of ${kinds.join(', ')}`,
    );
  } else if (later === undefined) {
    const message = `"${word}" is not a kind of document`;
    findings.error('spec/unknown-kind', yaml.place(['kind']), message, suggest(word, kinds));
  } else {
    findings.error('spec/not-yet', yaml.place(['kind']), `${word} is not supported yet; ${later}`);
  }
  return undefined;
}

function add(
  documents: Map<string, SpecDocument<Kind>>,
  kind: Kind,
  content: DocumentOf<Kind>,
  yaml: YamlDocument,
  findings: Findings,
): void {
  const { name } = content.metadata;
  const place = yaml.place(['metadata', 'name']);
  const first = documents.get(name)?.place;
  if (first === undefined) {
    documents.set(name, { name, content, yaml, place });
    return;
  }
  const message = `${kind} "${name}" is there twice; the first is in ${first.file}:${first.line}`;
  findings.error('spec/duplicate-name', place, message, 'rename one of them');
}

/** Where a revision without any document is reported. */
export function reportEmpty(documents: Documents, findings: Findings): void {
  if (findings.errorCount > 0 || kinds.some((kind) => documents[kind].size > 0)) return;
  findings.error(
    'spec/nothing',
    fileStart('.'),
    `there is no document with apiVersion ${apiVersion} in this folder`,
  );
}

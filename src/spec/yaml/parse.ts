import { parseAllDocuments } from 'yaml';
import type { Place } from '../compiled.ts';
import type { Findings } from '../findings.ts';
import { Lines } from './lines.ts';
import { scanText } from './scan.ts';
import { YamlDocument } from './yaml-document.ts';

/**
 * The documents of one file, as plain values that remember where each was written. Faults of the text are reported
 * with their place; a document that has some is left out. Never throws and takes bounded time for any text.
 */
export function parseYaml(file: string, text: string, findings: Findings): readonly YamlDocument[] {
  const lines = new Lines(file, text);
  const faults = scanText(text);
  for (const fault of faults) {
    findings.error(fault.code, lines.place(fault.offset), fault.message, fault.suggestion);
  }
  if (faults.length > 0) return [];
  // Doubled keys are found by our own walk: the library's search grows with the square of a map's size.
  const parsed = parseAllDocuments(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    stringKeys: false,
  });
  const documents: YamlDocument[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    if (document.errors.length > 0) {
      reportSyntax(document.errors, lines, findings);
    } else if (document.contents !== null) {
      documents.push(new YamlDocument(document.contents, lines, findings));
    }
  }
  return documents;
}

/** Where a file begins, for faults of the file as a whole. */
export function fileStart(file: string): Place {
  return { file, line: 1, column: 1 };
}

const mostErrors = 20;

function reportSyntax(
  errors: readonly { readonly code: string; readonly message: string; readonly pos: [number, number] }[],
  lines: Lines,
  findings: Findings,
): void {
  for (const error of errors.slice(0, mostErrors)) {
    const message = error.message.replace(/\s+/g, ' ');
    findings.error('spec/syntax', lines.place(error.pos[0]), message);
  }
}

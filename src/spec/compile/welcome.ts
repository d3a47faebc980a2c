import type { MappedAttribute, Place, Template, Welcome } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import type { Findings } from '../findings.ts';
import { suggest } from '../suggestion.ts';
import type { CompileInput } from './input.ts';

/** The welcome mail of a sync; `undefined` where there is none, or where it has faults, which are reported. */
export function compileWelcome(
  { name, content, yaml }: SpecDocument<'Sync'>,
  mapped: readonly MappedAttribute[],
  { templates, findings }: CompileInput,
): Welcome | undefined {
  const { welcome, entity } = content.spec;
  if (welcome === undefined) return undefined;
  const faultAt = (key: string, message: string, hint?: string): undefined => {
    findings.error('spec/welcome', yaml.place(['spec', 'welcome', key]), message, hint);
  };
  if (entity !== 'person') return faultAt('template', `a sync of "${entity}" creates nobody to welcome`);
  const names = new Map(mapped.map((attribute) => [attribute.name, attribute]));
  const fault = unfitFor(welcome.to, names);
  if (fault !== undefined)
    return faultAt('to', `the welcome mail has no address: ${fault}`, suggest(welcome.to, names.keys()));
  const file = templates.get(name);
  if (file === undefined) return undefined;
  const text = new TextDecoder().decode(file.bytes).replaceAll('\r\n', '\n');
  const [first = '', ...rest] = text.replace(/^\uFEFF/, '').split('\n');
  if (!/^# \S/.test(first)) {
    const message = 'the first line must be the subject, as `# Welcome`';
    findings.error('spec/template', { file: file.path, line: 1, column: 1 }, message);
    return undefined;
  }
  const subject = templateOf(first.slice(2).trim(), { file: file.path, line: 1, column: 3 }, names, findings);
  const lead = rest.findIndex((line) => line.trim() !== '');
  const body = rest.slice(Math.max(lead, 0)).join('\n').trimEnd();
  const at = { file: file.path, line: Math.max(lead, 0) + 2, column: 1 };
  return { since: welcome.since, to: welcome.to, subject, text: templateOf(body, at, names, findings) };
}

function templateOf(
  text: string,
  at: Place,
  names: ReadonlyMap<string, MappedAttribute>,
  findings: Findings,
): Template {
  const parts: (string | { readonly attribute: string })[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{\{([^{}\n]*)\}\}/g)) {
    const attribute = (match[1] ?? '').trim();
    const fault = unfitFor(attribute, names);
    if (fault !== undefined)
      findings.error(
        'spec/template',
        placeIn(text, match.index, at),
        fault,
        names.has(attribute) ? undefined : suggest(attribute, names.keys()),
      );
    parts.push(text.slice(end, match.index), { attribute });
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== '');
}

/** Why this attribute can't stand in a mail. */
function unfitFor(attribute: string, names: ReadonlyMap<string, MappedAttribute>): string | undefined {
  const mapped = names.get(attribute);
  if (mapped === undefined) return `nothing maps "${attribute}"`;
  if (mapped.result.kind === 'generate') return `"${attribute}" is made by us; it is never mailed`;
  if (mapped.class === 'sensitive') return `"${attribute}" is sensitive; it is never mailed`;
  if (mapped.result.kind === 'person')
    return `"${attribute}" is the id of an account, which says nobody anything`;
  return undefined;
}

function placeIn(text: string, index: number, { file, line, column }: Place): Place {
  const before = text.slice(0, index).split('\n');
  const last = before.at(-1) ?? '';
  return {
    file,
    line: line + before.length - 1,
    column: before.length === 1 ? column + last.length : last.length + 1,
  };
}

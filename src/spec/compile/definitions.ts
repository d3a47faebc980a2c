import type { Place } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import type { AttributeMappingSpec } from '../documents/attribute-mapping.ts';
import type { Path, YamlDocument } from '../yaml/yaml-document.ts';
import type { CompileInput } from './input.ts';
import { refer } from './references.ts';

/** One target attribute as some document defines it. */
export interface Definition {
  readonly name: string;
  readonly rule: AttributeMappingSpec;
  /** True where the rule stands for the source attribute of the same name. */
  readonly isCopy: boolean;
  readonly yaml: YamlDocument;
  readonly path: Path;
  readonly place: Place;
}

/**
 * What a sync maps: its own attributes and those of the Mappings it names, `copy` expanded, sorted by name. An attribute
 * that is defined twice is a fault of the second.
 */
export function definitionsOf(sync: SpecDocument<'Sync'>, input: CompileInput): readonly Definition[] {
  const found = new Map<string, Definition>();
  const add = (definition: Definition) => {
    const first = found.get(definition.name);
    if (first === undefined) {
      found.set(definition.name, definition);
      return;
    }
    const { file, line } = first.place;
    const message = `"${definition.name}" is mapped twice; the first is in ${file}:${line}`;
    input.findings.error('spec/duplicate-attribute', definition.place, message);
  };
  for (const definition of within(sync)) add(definition);
  for (const { name, path } of mappingNames(sync)) {
    const mapping = refer('Mapping', name, { yaml: sync.yaml, path }, input.documents, input.findings);
    for (const definition of mapping === undefined ? [] : within(mapping)) add(definition);
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function within({ content, yaml }: SpecDocument<'Sync' | 'Mapping'>): readonly Definition[] {
  const { attributes, copy } = content.spec;
  const written = Object.entries(attributes).map(([name, rule]): Definition => {
    const path = ['spec', 'attributes', name];
    return { name, rule, isCopy: false, yaml, path, place: yaml.keyPlace(path) };
  });
  const copied = copy.map((name, index): Definition => {
    const path = ['spec', 'copy', index];
    return { name, rule: sourceExpression(name), isCopy: true, yaml, path, place: yaml.place(path) };
  });
  return [...written, ...copied];
}

/** `source.office.name`, and `source.custom["Cost center"]` where a part is no identifier. */
function sourceExpression(attribute: string): string {
  const parts = attribute.split('.');
  return `source${parts.map((part) => (/^[A-Za-z_]\w*$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`)).join('')}`;
}

function mappingNames({ content }: SpecDocument<'Sync'>): readonly { name: string; path: Path }[] {
  const { mapping, mappings } = content.spec;
  const several = mappings.map((name, index) => ({ name, path: ['spec', 'mappings', index] }));
  return mapping === undefined ? several : [{ name: mapping, path: ['spec', 'mapping'] }, ...several];
}

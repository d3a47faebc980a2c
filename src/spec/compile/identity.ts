import { isReadBack } from '../../model/attribute.ts';
import type { MappedAttribute } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import { suggestAttribute } from '../suggestion.ts';
import type { Path } from '../yaml/yaml-document.ts';
import { compileAttribute } from './attribute.ts';
import type { Definition } from './definitions.ts';
import type { Sides } from './sides.ts';

/** The attributes that carry the person's identity in the target: always enforced, never absent. */
export function compileIdentity(sync: SpecDocument<'Sync'>, sides: Sides): readonly MappedAttribute[] {
  const { yaml, content } = sync;
  const entries = Object.entries(content.spec.identity);
  if (entries.length === 0) {
    const message = '"identity" needs at least one attribute of the target';
    sides.findings.error('spec/identity', yaml.place(['spec', 'identity']), message);
  }
  return entries
    .flatMap(([name, rule]): readonly MappedAttribute[] => {
      const path = ['spec', 'identity', name];
      const definition: Definition = { name, rule, isCopy: false, yaml, path, place: yaml.keyPlace(path) };
      const theirs = sides.target.get(name);
      if (theirs !== undefined && !isReadBack(theirs)) {
        const message = `"${name}" of the target can't be read back, so it identifies nobody`;
        sides.findings.error('spec/identity', definition.place, message);
      }
      const attribute = compileAttribute(definition, sides);
      return attribute === undefined ? [] : [{ ...attribute, policy: 'enforce', onNull: 'error' }];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** An attribute of the target that can be compared; reported at its key where it can't. */
export function readableAttribute(
  name: string,
  path: Path,
  yaml: SpecDocument<'Sync'>['yaml'],
  sides: Sides,
) {
  const spec = sides.target.get(name);
  if (spec === undefined) {
    const hint = suggestAttribute(name, sides.target);
    sides.findings.error('spec/unknown-attribute', yaml.keyPlace(path), `the target has no "${name}"`, hint);
  } else if (!isReadBack(spec)) {
    const message = `"${name}" of the target can't be read back, so it can't be compared`;
    sides.findings.error('spec/not-readable', yaml.keyPlace(path), message);
  }
  return spec;
}

import type { MappedAttribute, MatchRule } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import { suggest } from '../suggestion.ts';
import type { Path } from '../yaml/yaml-document.ts';
import { compileAttribute } from './attribute.ts';
import type { Definition } from './definitions.ts';
import { compileExpression } from './expression-place.ts';
import type { Sides } from './sides.ts';
import { conversionTo, fits } from './types.ts';

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
      if (sides.target.get(name)?.writeOnly === true) {
        const message = `"${name}" of the target can't be read back, so it identifies nobody`;
        sides.findings.error('spec/identity', definition.place, message);
      }
      const attribute = compileAttribute(definition, sides);
      return attribute === undefined ? [] : [{ ...attribute, policy: 'enforce', onNull: 'error' }];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Ordered rules that find the account of a person who has no link yet. */
export function compileMatch({ yaml, content }: SpecDocument<'Sync'>, sides: Sides): readonly MatchRule[] {
  return content.spec.match.map((rule, index) => {
    const path = ['spec', 'match', index];
    const { accounts = 'active', ...attributes } = rule;
    if (accounts !== 'active' && accounts !== 'any') {
      const message = `"accounts" must be active or any, not ${accounts}`;
      sides.findings.error('spec/value', yaml.place([...path, 'accounts']), message);
    }
    const entries = Object.entries(attributes);
    if (entries.length === 0) {
      sides.findings.error('spec/match', yaml.place(path), `item ${index + 1} of "match" compares nothing`);
    }
    const items = entries.flatMap(([attribute, text]) => {
      const at = [...path, attribute];
      const spec = readableAttribute(attribute, at, yaml, sides);
      const expression = compileExpression(text, 'any', { yaml, path: at }, sides.compiler, sides.findings);
      if (spec === undefined || expression === undefined) return [];
      if (fits(expression.type, spec.type)) return [{ attribute, expression }];
      const message = `"${attribute}" is ${spec.type}; this gives ${expression.type}`;
      sides.findings.error('spec/type', yaml.place(at), message, conversionTo(spec.type));
      return [];
    });
    return { id: `match[${index}]`, items, accounts: accounts === 'any' ? 'any' : 'active' };
  });
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
    const hint = suggest(name, sides.target.keys());
    sides.findings.error('spec/unknown-attribute', yaml.keyPlace(path), `the target has no "${name}"`, hint);
  } else if (spec.writeOnly === true) {
    const message = `"${name}" of the target can't be read back, so it can't be compared`;
    sides.findings.error('spec/not-readable', yaml.keyPlace(path), message);
  }
  return spec;
}

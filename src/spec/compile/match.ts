import type { AttributeSpec } from '../../model/attribute.ts';
import type { MatchItem, MatchRule, Normalisation } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import { suggest } from '../suggestion.ts';
import type { Path } from '../yaml/yaml-document.ts';
import { compileExpression } from './expression-place.ts';
import { readableAttribute } from './identity.ts';
import type { Sides } from './sides.ts';
import { conversionTo, fits } from './types.ts';

/** Ordered rules that find the account of a person who has no link yet. */
export function compileMatch({ yaml, content }: SpecDocument<'Sync'>, sides: Sides): readonly MatchRule[] {
  return content.spec.match.map(({ accounts, normalise, ...attributes }, index) => {
    const path = ['spec', 'match', index];
    const entries = Object.entries(attributes);
    if (entries.length === 0) {
      sides.findings.error('spec/match', yaml.place(path), `item ${index + 1} of "match" compares nothing`);
    }
    reportStrays(normalise, attributes, { yaml, path: [...path, 'normalise'] }, sides);
    const items = entries.flatMap(([attribute, text]): readonly MatchItem[] => {
      const at = [...path, attribute];
      const spec = readableAttribute(attribute, at, yaml, sides);
      const expression = compileExpression(text, 'any', { yaml, path: at }, sides.compiler, sides.findings);
      if (spec === undefined || expression === undefined) return [];
      const kinds = Array.isArray(normalise) ? normalise : (normalise[attribute] ?? []);
      const where = [...path, 'normalise', ...(Array.isArray(normalise) ? [] : [attribute])];
      if (kinds.length > 0 && spec.type !== 'text') {
        const message = `"${attribute}" is ${spec.type}; only text is normalised`;
        sides.findings.error(
          'spec/type',
          yaml.place(where),
          message,
          'name the attributes: normalise: { … }',
        );
      }
      if (fits(expression.type, spec.type)) return [{ attribute, expression, ...marksOf(spec, kinds) }];
      const message = `"${attribute}" is ${spec.type}; this gives ${expression.type}`;
      sides.findings.error('spec/type', yaml.place(at), message, conversionTo(spec.type));
      return [];
    });
    return { id: `match[${index}]`, items, accounts };
  });
}

function marksOf(
  { unique, rename }: AttributeSpec,
  kinds: readonly Normalisation[],
): Pick<MatchItem, 'normalise' | 'passesOn'> {
  return {
    ...(kinds.length === 0 ? {} : { normalise: [...new Set(kinds)].toSorted() }),
    ...(unique === true || rename === true ? { passesOn: true } : {}),
  };
}

/** Only what the rule compares can be normalised. */
function reportStrays(
  normalise: Normalisation[] | Readonly<Record<string, Normalisation[]>>,
  attributes: Readonly<Record<string, string>>,
  { yaml, path }: { readonly yaml: SpecDocument<'Sync'>['yaml']; readonly path: Path },
  { findings }: Sides,
): void {
  if (Array.isArray(normalise)) return;
  for (const name of Object.keys(normalise)) {
    if (Object.hasOwn(attributes, name)) continue;
    const message = `this rule does not compare "${name}"`;
    findings.error(
      'spec/match',
      yaml.keyPlace([...path, name]),
      message,
      suggest(name, Object.keys(attributes)),
    );
  }
}

import type { Expression } from '../../expression/expression.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { MatchItem, MatchRule, Normalisation } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import { suggest } from '../suggestion.ts';
import type { Path } from '../yaml/yaml-document.ts';
import { compileExpression, type ExpressionPlace } from './expression-place.ts';
import { readableAttribute } from './identity.ts';
import type { Sides } from './sides.ts';
import { conversionTo, fits } from './types.ts';
import { compileReference, reportWithoutVia } from './via.ts';

/** Ordered rules that find the account of a person who has no link yet. */
export function compileMatch({ yaml, content }: SpecDocument<'Sync'>, sides: Sides): readonly MatchRule[] {
  return content.spec.match.map(({ accounts, normalise, ...attributes }, index) => {
    const path = ['spec', 'match', index];
    const entries = Object.entries(attributes);
    if (entries.length === 0) {
      sides.findings.error('spec/match', yaml.place(path), `item ${index + 1} of "match" compares nothing`);
    }
    reportStrays(normalise, attributes, { yaml, path: [...path, 'normalise'] }, sides);
    const items = entries.flatMap(([attribute, rule]): readonly MatchItem[] => {
      const at = [...path, attribute];
      const spec = readableAttribute(attribute, at, yaml, sides);
      const expression = compileItem(attribute, rule, { yaml, path: at }, sides);
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

type ItemRule = SpecDocument<'Sync'>['content']['spec']['match'][number][string];

/** A plain expression, or a reference that is led through other syncs. */
function compileItem(
  name: string,
  rule: ItemRule,
  at: ExpressionPlace,
  sides: Sides,
): Expression | undefined {
  if (typeof rule === 'string') return compileExpression(rule, 'any', at, sides.compiler, sides.findings);
  if (rule === undefined || Array.isArray(rule)) return undefined;
  const definition = { name, ...at };
  if (rule.via !== undefined) {
    return compileReference(definition, rule.course === undefined ? 'person' : 'course', rule, sides);
  }
  reportWithoutVia(definition, sides);
  return undefined;
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
  attributes: Readonly<Record<string, unknown>>,
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

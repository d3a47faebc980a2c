import { listOf, nounOf, type Entity } from '../../model/entity.ts';
import type { Reference, ViaStep } from '../compiled.ts';
import type { Documents, SpecDocument } from '../documents.ts';
import type { AttributeRule } from '../documents/attribute-mapping.ts';
import type { Path, YamlDocument } from '../yaml/yaml-document.ts';
import type { Definition } from './definitions.ts';
import { compileExpression } from './expression-place.ts';
import { refer } from './references.ts';
import type { Sides } from './sides.ts';

/** Where a sync begins, where it ends, and what it carries. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly entity: Entity;
}

/** An expression whose result is led through the links of other syncs; undefined where it has faults, which are reported. */
export function compileReference(
  definition: Pick<Definition, 'name' | 'yaml' | 'path'>,
  key: 'person' | 'course',
  rule: Pick<AttributeRule, 'person' | 'course' | 'via'>,
  sides: Sides,
): Reference | undefined {
  const { yaml, path } = definition;
  const at = [...path, key];
  const written = rule[key] ?? '';
  const inner = compileExpression(written, 'any', { yaml, path: at }, sides.compiler, sides.findings);
  const via = stepsOf(rule.via ?? [], key, { yaml, path: [...path, 'via'] }, sides);
  if (inner === undefined || via === undefined) return undefined;
  if (inner.type !== 'text' && inner.type !== 'int') {
    const message = `gives ${inner.type}, which is no id of a ${nounOf(key, 1)}`;
    sides.findings.error('spec/type', yaml.place(at), message);
    return undefined;
  }
  const type = sides.target.get(definition.name)?.type === 'int' ? 'int' : 'text';
  const text = `${key}: ${inner.text} via ${via.map(({ sync }) => sync).join(', ')}`;
  const evaluate = () => ({ kind: 'absent', attributes: inner.reads }) as const;
  return { ...inner, text, type, refersTo: key, inner, via, evaluate };
}

/** Only people of the sync itself have accounts that it knows without `via`. */
export function reportWithoutVia(
  { yaml, path }: Pick<Definition, 'yaml' | 'path'>,
  { flow, findings }: Sides,
): void {
  const message = `refers to a person, and this sync carries ${nounOf(flow.entity)}`;
  const hint = 'add "via": the sync that links the people of both sides';
  findings.error('spec/via', yaml.place([...path, 'person']), message, hint);
}

/** The syncs in order, each in the direction in which it goes on from where the one before has led. */
function stepsOf(
  names: string | readonly string[],
  of: 'person' | 'course',
  at: { readonly yaml: YamlDocument; readonly path: Path },
  { flow, documents, findings }: Sides,
): readonly ViaStep[] | undefined {
  const list = typeof names === 'string' ? [names] : names;
  const pathOf = (index: number) => (typeof names === 'string' ? at.path : [...at.path, index]);
  const fault = (index: number, message: string, hint?: string): undefined => {
    findings.error('spec/via', at.yaml.place(pathOf(index)), message, hint);
    return undefined;
  };
  const steps: ViaStep[] = [];
  let reached = flow.from;
  for (const [index, name] of list.entries()) {
    const sync = refer('Sync', name, { yaml: at.yaml, path: pathOf(index) }, documents, findings);
    if (sync === undefined) return undefined;
    const { direction, entity } = sync.content.spec;
    const { from, to } = direction;
    if (entity !== of) {
      const hint = `name a sync with entity: ${of}`;
      return fault(index, `the sync "${name}" links ${nounOf(entity)}, not ${nounOf(of)}`, hint);
    }
    if (reached !== from && reached !== to) {
      return fault(index, `the sync "${name}" goes from ${from} to ${to}, and leads nowhere from ${reached}`);
    }
    const inverse = reached === to;
    reached = inverse ? from : to;
    const partner = partnerOf(sync, documents);
    const other = partner === undefined ? {} : { partner: { sync: partner, list: listOf(from, entity) } };
    steps.push({ sync: name, list: listOf(to, entity), inverse, ...other });
  }
  if (reached === flow.to) return steps;
  const message = `leads from ${flow.from} to ${reached}, and this sync writes to ${flow.to}`;
  return fault(
    list.length - 1,
    message,
    `add the sync that links ${nounOf(of)} of ${reached} and ${flow.to}`,
  );
}

/** The sync that is the other direction of this one, whichever of the two says so. */
function partnerOf({ name, content }: SpecDocument<'Sync'>, { Sync: syncs }: Documents): string | undefined {
  const { twoWayWith } = content.spec.direction;
  if (twoWayWith !== undefined) return twoWayWith;
  return [...syncs.values()].find((one) => one.content.spec.direction.twoWayWith === name)?.name;
}

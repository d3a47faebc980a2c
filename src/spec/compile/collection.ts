import { faultOfPattern, patternOf } from '../../expression/patterns.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Collection } from '../compiled.ts';
import type { AttributeRule } from '../documents/attribute-mapping.ts';
import type { Definition } from './definitions.ts';
import type { Sides } from './sides.ts';

/** Whose the elements of a list are; undefined for what is no list. Faults are reported. */
export function compileCollection(
  { name, yaml, path }: Definition,
  { collection, tolerate, onNull }: AttributeRule,
  { type, writeOnly }: AttributeSpec,
  { findings }: Sides,
): Collection | undefined {
  const wrong = (key: string, message: string, suggestion?: string) =>
    findings.error('spec/collection', yaml.place([...path, key]), message, suggestion);
  if (!type.startsWith('list<')) {
    const message = `"${name}" takes ${type}, and only the elements of a list can be told apart`;
    if (collection !== undefined) wrong('collection', message, 'leave it out');
    if (tolerate !== undefined) wrong('tolerate', message, 'leave it out');
    return undefined;
  }
  const kind = collection ?? 'own';
  if (kind !== 'own' && writeOnly === true)
    wrong('collection', `"${name}" can't be read back, so what others put there is not known`, 'write own');
  if (kind !== 'own' && tolerate !== undefined)
    wrong('tolerate', `${kind} takes nothing away that others put there`, 'leave it out, or write own');
  if (kind === 'append' && onNull === 'clear')
    wrong('onNull', 'append takes nothing away', 'write keep or error, or collection: merge');
  for (const [index, pattern] of (tolerate ?? []).entries()) {
    const fault = faultOfPattern(pattern);
    if (fault !== undefined) wrong('tolerate', `pattern ${index + 1} of "tolerate": ${fault}`);
  }
  const patterns = (tolerate ?? []).filter((pattern) => faultOfPattern(pattern) === undefined);
  return {
    kind,
    tolerate: tolerate ?? [],
    tolerates: (element) => patterns.some((pattern) => patternOf(pattern).test(element)),
  };
}

import type { Expression } from '../../expression/expression.ts';
import { isReadBack, type AttributeSpec } from '../../model/attribute.ts';
import type { ValueType } from '../../model/value.ts';
import type { MappedAttribute } from '../compiled.ts';
import type { AttributeRule } from '../documents/attribute-mapping.ts';
import { suggest, suggestAttribute } from '../suggestion.ts';
import type { Path } from '../yaml/yaml-document.ts';
import type { Definition } from './definitions.ts';
import { compileExpression } from './expression-place.ts';
import type { Sides } from './sides.ts';
import { constantFault, conversionTo, fits } from './types.ts';
import { compileReference, reportWithoutVia } from './via.ts';

type Result = MappedAttribute['result'];

/** Where an attribute's values come from, as compiled and as written. */
export interface CompiledResult {
  readonly result: Result;
  readonly text: string;
  readonly path: Path;
}

/** Where the attribute's values come from; undefined where that has faults, which are reported. */
export function compileResult(
  definition: Definition,
  rule: AttributeRule,
  sides: Sides,
): CompiledResult | undefined {
  const { yaml, path, name } = definition;
  const within = (key: string) => (typeof definition.rule === 'string' ? path : [...path, key]);
  if (rule.constant !== undefined) {
    const text = JSON.stringify(rule.constant);
    return { result: { kind: 'constant', value: rule.constant }, text, path: within('constant') };
  }
  if (rule.generate !== undefined) {
    const text = `generate: ${typeof rule.generate === 'string' ? rule.generate : JSON.stringify(rule.generate)}`;
    return { result: { kind: 'generate', what: rule.generate }, text, path: within('generate') };
  }
  if (definition.isCopy && !sides.source.has(name)) {
    const hint = suggestAttribute(name, sides.source);
    sides.findings.error('spec/unknown-attribute', yaml.place(path), `the source has no "${name}"`, hint);
    return undefined;
  }
  if (rule.via !== undefined) {
    const key = rule.course === undefined ? 'person' : 'course';
    const expression = compileReference(definition, key, rule, sides);
    if (expression === undefined) return undefined;
    return { result: { kind: 'expression', expression }, text: expression.text, path: within(key) };
  }
  if (rule.person !== undefined && sides.flow.entity !== 'person') {
    reportWithoutVia(definition, sides);
    return undefined;
  }
  return rule.person === undefined
    ? valueResult(rule.value ?? '', within('value'), definition, sides)
    : personResult(rule.person, rule.as, within('person'), definition, sides);
}

function valueResult(
  text: string,
  path: Path,
  { yaml, path: whole }: Definition,
  { compiler, findings }: Sides,
): CompiledResult | undefined {
  // What identifies a person must not depend on who else there is.
  const takesCandidates = whole[1] !== 'identity';
  const expression = compileExpression(text, 'any', { yaml, path, takesCandidates }, compiler, findings);
  if (expression === undefined) return undefined;
  const { candidates } = expression;
  if (candidates === undefined) return { result: { kind: 'expression', expression }, text, path };
  return { result: { kind: 'unique', expression, counter: candidates.counter }, text, path };
}

function personResult(
  text: string,
  as: string | undefined,
  path: Path,
  definition: Definition,
  sides: Sides,
): CompiledResult | undefined {
  const { yaml } = definition;
  const expression = compileExpression(text, 'any', { yaml, path }, sides.compiler, sides.findings);
  if (expression === undefined) return undefined;
  if (as === undefined) return { result: { kind: 'person', expression }, text, path };
  const at = [...definition.path, 'as'];
  const theirs = sides.target.get(as);
  if (theirs === undefined) {
    const hint = suggestAttribute(as, sides.target);
    sides.findings.error('spec/unknown-attribute', yaml.place(at), `the target has no "${as}"`, hint);
    return undefined;
  }
  if (!isReadBack(theirs)) {
    const message = `"${as}" of the target can't be read back, so nobody else's account can be given it`;
    sides.findings.error('spec/not-readable', yaml.place(at), message);
    return undefined;
  }
  return { result: { kind: 'person', expression, as }, text: `${text} as ${as}`, path };
}

/** What is wrong with the result for this attribute. */
export function resultFault(
  result: Result,
  spec: AttributeSpec,
  { target }: Sides,
): { readonly message: string; readonly suggestion?: string | undefined } | undefined {
  if (result.kind === 'expression') return typeFault(result.expression.type, spec);
  if (result.kind === 'unique' && spec.type !== 'text')
    return { message: `"${spec.name}" takes ${spec.type}; unique gives text` };
  if (result.kind === 'unique') return undefined;
  if (result.kind === 'person') {
    const written = result.as === undefined ? undefined : target.get(result.as);
    return personFault(result.expression, written, spec);
  }
  if (result.kind === 'generate') return generateFault(result.what, spec);
  const message = constantFault(result.value, spec);
  const wrong = Array.isArray(result.value) ? '' : String(result.value);
  return message === undefined ? undefined : { message, suggestion: suggest(wrong, spec.values ?? []) };
}

function generateFault(
  what: Extract<Result, { kind: 'generate' }>['what'],
  { name, type, writeOnly }: AttributeSpec,
): { readonly message: string } | undefined {
  if (type !== 'text') return { message: `"${name}" takes ${type}; what is generated is text` };
  if (what !== 'secret' || writeOnly === true) return undefined;
  return { message: `"${name}" is read back, so a secret can't be generated for it` };
}

function personFault(
  { type }: Expression,
  written: AttributeSpec | undefined,
  spec: AttributeSpec,
): { readonly message: string } | undefined {
  if (!isId(type)) return { message: `gives ${type}, which is no id of a person` };
  if (written !== undefined) {
    return fits(written.type, spec.type)
      ? undefined
      : { message: `"${spec.name}" takes ${spec.type}; "${written.name}" is ${written.type}` };
  }
  return isId(spec.type)
    ? undefined
    : { message: `"${spec.name}" takes ${spec.type}, not the id of an account` };
}

function isId(type: ValueType): boolean {
  return type === 'text' || type === 'int';
}

function typeFault(type: ValueType, spec: AttributeSpec) {
  if (fits(type, spec.type)) return undefined;
  return {
    message: `"${spec.name}" takes ${spec.type}; this gives ${type}`,
    suggestion: conversionTo(spec.type),
  };
}

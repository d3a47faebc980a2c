import type { Expression } from '../../expression/expression.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import { dataClasses, highestClass } from '../../model/value.ts';
import type { DataClass, ValueType } from '../../model/value.ts';
import type { MappedAttribute } from '../compiled.ts';
import type { AttributeRule } from '../documents/attribute-mapping.ts';
import { suggest } from '../suggestion.ts';
import type { Path } from '../yaml/yaml-document.ts';
import type { Definition } from './definitions.ts';
import { compileExpression } from './expression-place.ts';
import type { Sides } from './sides.ts';
import { constantFault, conversionTo, fits } from './types.ts';
import { compileReference, reportWithoutVia } from './via.ts';

type Result = MappedAttribute['result'];

/** One attribute of the mapping; undefined where it has faults, which are reported. */
export function compileAttribute(definition: Definition, sides: Sides): MappedAttribute | undefined {
  const { name, yaml, path, place } = definition;
  const rule = ruleOf(definition);
  const compiled = compileResult(definition, rule, sides);
  const spec = writableAttribute(definition, sides);
  if (spec === undefined || compiled === undefined) return undefined;
  const { result, text } = compiled;
  const fault = resultFault(result, spec);
  if (fault !== undefined) {
    sides.findings.error('spec/type', yaml.place(compiled.path), fault.message, fault.suggestion);
    return undefined;
  }
  const settings = { definition, rule, result, spec, sides };
  const policy = policyOf(settings);
  const onNull = rule.onNull ?? (spec.required === true ? 'error' : 'keep');
  if (onNull === 'clear' && spec.required === true) {
    const message = `the target needs "${name}", so it can't be cleared`;
    sides.findings.error('spec/on-null', yaml.place([...path, 'onNull']), message, 'write error or keep');
  }
  return { name, result, policy, onNull, class: classOf(settings), spec, text, place };
}

/** The rule in its long form. */
function ruleOf({ rule }: Definition): AttributeRule {
  return typeof rule === 'string' ? { value: rule } : rule;
}

interface CompiledResult {
  readonly result: Result;
  readonly text: string;
  readonly path: Path;
}

function compileResult(
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
    return {
      result: { kind: 'generate', what: 'secret' },
      text: 'generate: secret',
      path: within('generate'),
    };
  }
  if (definition.isCopy && !sides.source.has(name)) {
    const hint = suggest(name, sides.source.keys());
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
  const kind = rule.person === undefined ? 'expression' : 'person';
  const text = rule.person ?? rule.value ?? '';
  const at = within(kind === 'person' ? 'person' : 'value');
  const expression = compileExpression(text, 'any', { yaml, path: at }, sides.compiler, sides.findings);
  return expression === undefined ? undefined : { result: { kind, expression }, text, path: at };
}

function writableAttribute({ name, place }: Definition, sides: Sides): AttributeSpec | undefined {
  const spec = sides.target.get(name);
  if (spec === undefined) {
    const hint = suggest(name, sides.target.keys());
    sides.findings.error('spec/unknown-attribute', place, `the target has no "${name}"`, hint);
    return undefined;
  }
  if (spec.write !== undefined) return spec;
  sides.findings.error('spec/not-writable', place, `"${name}" of the target can only be read`);
  return undefined;
}

/** What is wrong with the result for this attribute. */
function resultFault(
  result: Result,
  spec: AttributeSpec,
): { readonly message: string; readonly suggestion?: string | undefined } | undefined {
  if (result.kind === 'expression') return typeFault(result.expression.type, spec);
  if (result.kind === 'person') return personFault(result.expression, spec);
  if (result.kind === 'generate') {
    if (spec.writeOnly === true && spec.type === 'text') return undefined;
    return { message: `"${spec.name}" is read back, so a secret can't be generated for it` };
  }
  const message = constantFault(result.value, spec);
  const wrong = Array.isArray(result.value) ? '' : String(result.value);
  return message === undefined ? undefined : { message, suggestion: suggest(wrong, spec.values ?? []) };
}

function personFault(expression: Expression, spec: AttributeSpec): { readonly message: string } | undefined {
  if (!isId(expression.type)) return { message: `gives ${expression.type}, which is no id of a person` };
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

interface Settings {
  readonly definition: Definition;
  readonly rule: Pick<AttributeRule, 'policy' | 'class'>;
  readonly result: Result;
  readonly spec: AttributeSpec;
  readonly sides: Sides;
}

/** What is written only on create is a seed; secrets are, too, as they can't be compared. */
function policyOf({ definition, rule, result, spec, sides }: Settings): MappedAttribute['policy'] {
  const { name, yaml, path } = definition;
  const seedOnly = spec.write === 'create' || result.kind === 'generate';
  const policy = rule.policy ?? (seedOnly ? 'seed' : 'enforce');
  if (seedOnly && policy !== 'seed') {
    const why =
      spec.write === 'create' ? 'the target takes it only on create' : 'a secret is made only on create';
    const message = `"${name}" can't have the policy ${policy}: ${why}`;
    sides.findings.error('spec/policy', yaml.place([...path, 'policy']), message, 'write policy: seed');
  }
  return policy;
}

/** The highest class of what it reads and of where it goes; a spec raises it and never lowers it. */
function classOf({ definition, rule, result, spec, sides }: Settings): DataClass {
  const read = 'expression' in result ? result.expression.class : 'public';
  const least = highestClass([read, spec.class]);
  const wanted = rule.class ?? least;
  if (dataClasses.indexOf(wanted) >= dataClasses.indexOf(least)) return wanted;
  const { name, yaml, path } = definition;
  const message = `"${name}" is ${least} by what it reads or where it goes; a spec can't lower it to ${wanted}`;
  sides.findings.error('spec/class', yaml.place([...path, 'class']), message);
  return least;
}

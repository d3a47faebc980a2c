import type { AttributeSpec } from '../../model/attribute.ts';
import { dataClasses, highestClass } from '../../model/value.ts';
import type { DataClass } from '../../model/value.ts';
import type { MappedAttribute } from '../compiled.ts';
import type { AttributeRule } from '../documents/attribute-mapping.ts';
import { suggestAttribute } from '../suggestion.ts';
import { compileCollection } from './collection.ts';
import type { Definition } from './definitions.ts';
import { compileResult, resultFault } from './result.ts';
import type { Sides } from './sides.ts';

type Result = MappedAttribute['result'];

/** One attribute of the mapping; undefined where it has faults, which are reported. */
export function compileAttribute(definition: Definition, sides: Sides): MappedAttribute | undefined {
  const { name, yaml, path, place } = definition;
  const rule = ruleOf(definition);
  const compiled = compileResult(definition, rule, sides);
  const spec = writableAttribute(definition, sides);
  if (spec === undefined || compiled === undefined) return undefined;
  const { result, text } = compiled;
  const fault = resultFault(result, spec, sides);
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
  if (onNull === 'clear' && spec.type === 'picture') {
    const message = `"${name}" can't be cleared: no request takes a picture away`;
    sides.findings.error('spec/on-null', yaml.place([...path, 'onNull']), message, 'write error or keep');
  }
  const collection = compileCollection(definition, rule, spec, sides);
  const common = { name, result, policy, onNull, class: classOf(settings), spec, text, place };
  return collection === undefined ? common : { ...common, collection };
}

/** The rule in its long form. */
function ruleOf({ rule }: Definition): AttributeRule {
  return typeof rule === 'string' ? { value: rule } : rule;
}

function writableAttribute({ name, place }: Definition, sides: Sides): AttributeSpec | undefined {
  const spec = sides.target.get(name);
  if (spec === undefined) {
    const hint = suggestAttribute(name, sides.target);
    sides.findings.error('spec/unknown-attribute', place, `the target has no "${name}"`, hint);
    return undefined;
  }
  if (spec.write !== undefined) return spec;
  sides.findings.error('spec/not-writable', place, `"${name}" of the target can only be read`);
  return undefined;
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
  const isSecret = result.kind === 'generate' && result.what === 'secret';
  const seedOnly = spec.write === 'create' || isSecret;
  const policy = rule.policy ?? (seedOnly ? 'seed' : 'enforce');
  if (seedOnly && policy !== 'seed') {
    const why =
      spec.write === 'create' ? 'the target takes it only on create' : 'a secret is made only on create';
    const message = `"${name}" can't have the policy ${policy}: ${why}`;
    sides.findings.error('spec/policy', yaml.place([...path, 'policy']), message, 'write policy: seed');
  }
  if (spec.type === 'picture' && (policy === 'seed' || policy === 'seed-if-empty')) {
    const message = `"${name}" can't have the policy ${policy}: a picture is never read back, and one that can't be had at first would never come`;
    const at = yaml.place([...path, 'policy']);
    sides.findings.error('spec/policy', at, message, 'write enforce or follow');
  }
  return policy;
}

/** The highest class of what it reads and of where it goes; a spec raises it and never lowers it. */
function classOf({ definition, rule, result, spec, sides }: Settings): DataClass {
  const read = 'expression' in result ? result.expression.class : 'public';
  const theirs = result.kind === 'person' ? sides.target.get(result.as ?? '')?.class : undefined;
  const least = highestClass([read, spec.class, theirs ?? 'public']);
  const wanted = rule.class ?? least;
  if (dataClasses.indexOf(wanted) >= dataClasses.indexOf(least)) return wanted;
  const { name, yaml, path } = definition;
  const message = `"${name}" is ${least} by what it reads or where it goes; a spec can't lower it to ${wanted}`;
  sides.findings.error('spec/class', yaml.place([...path, 'class']), message);
  return least;
}

import { flowText } from '../../model/entity.ts';
import { isReadBack } from '../../model/attribute.ts';
import type { Expression } from '../../expression/expression.ts';
import type { CompiledSync } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import { durationMs } from '../duration.ts';
import { compileAttribute } from './attribute.ts';
import { compileKnownRecipients, compileNotify } from './channels.ts';
import { definitionsOf } from './definitions.ts';
import type { Definition } from './definitions.ts';
import { compileIdentity, readableAttribute } from './identity.ts';
import type { CompileInput } from './input.ts';
import { compileLimits } from './limits.ts';
import { compileMatch } from './match.ts';
import { compileDates, compileStatus, compileWho } from './person.ts';
import { compileSyncSchedule } from './schedule.ts';
import { rulesDigest } from './rules-digest.ts';
import type { Rules } from './rules-digest.ts';
import type { Sides } from './sides.ts';
import { compileSuspension } from './suspension.ts';
import { compileThen } from './then.ts';
import { constantFault } from './types.ts';
import { compileWelcome } from './welcome.ts';

type SyncDocument = SpecDocument<'Sync'>;

/**
 * One flow, compiled. Undefined where a side is missing, as then nothing can be checked against it; any other fault is
 * only reported, so that all are found at once.
 */
export function compileSync(
  sync: SyncDocument,
  sides: Sides | undefined,
  input: CompileInput,
): CompiledSync | undefined {
  const { spec, metadata } = sync.content;
  const schedule = compileSyncSchedule(sync, input);
  const notify = compileNotify(sync, input);
  const definitions = definitionsOf(sync, input);
  if (sides === undefined) return undefined;
  const rules = compileRules(sync, definitions, sides, input);
  const protect = compileProtect(sync, sides);
  const knownRecipients = compileKnownRecipients(sync, input, sides);
  const outcomes = compileThen(sync, sides);
  const { immediatelyWhen } = outcomes.left;
  const expressions = [...expressionsOf(rules), ...(immediatelyWhen === undefined ? [] : [immediatelyWhen])];
  const { from, to } = spec.direction;
  return {
    name: sync.name,
    owner: metadata.owner,
    from,
    to,
    entity: spec.entity,
    direction: flowText(from, '→', to, spec.entity),
    mode: spec.mode ?? (spec.direction.twoWayWith === undefined ? 'observe' : 'create-only'),
    suspend: compileSuspension(spec.suspend),
    compiler: sides.compiler,
    sourceWant: { attributes: sorted(expressions.flatMap((expression) => expression.reads)) },
    targetWant: {
      attributes: targetAttributes(rules, [...protect, ...knownRecipients], sides),
      ...(spec.scope === undefined ? {} : { scope: spec.scope }),
    },
    ...rules,
    quarantineMs: durationMs(spec.quarantine),
    // oxlint-disable-next-line unicorn/no-thenable -- the specs' word, never awaited
    then: outcomes,
    limits: compileLimits(spec.limits),
    onBreach: spec.onBreach,
    approval: spec.approval,
    protect,
    minimumActive: spec.minimumActive,
    welcome: compileWelcome(sync, [...rules.identity, ...rules.attributes], input),
    schedule,
    notify,
    ...(spec.precedence === undefined ? {} : { precedence: spec.precedence }),
    knownRecipients,
    place: sync.place,
    digest: rulesDigest(rules, expressionsOf(rules), sides.lookups),
  };
}

function compileRules(
  sync: SyncDocument,
  definitions: readonly Definition[],
  sides: Sides,
  input: CompileInput,
): Rules {
  const identity = compileIdentity(sync, sides);
  const own = definitions.filter((definition) => !isIdentity(definition, sync, sides));
  const attributes = own.flatMap((definition) => compileAttribute(definition, sides) ?? []);
  reportUnmapped(sync, definitions, sides);
  reportOpenDoor(sync, sides);
  return {
    who: compileWho(sync, sides, input),
    identity,
    match: compileMatch(sync, sides),
    attributes,
    status: compileStatus(sync, sides),
    dates: compileDates(sync, sides),
  };
}

function isIdentity({ name, place }: Definition, { content }: SyncDocument, { findings }: Sides): boolean {
  if (!Object.hasOwn(content.spec.identity, name)) return false;
  const message = `"${name}" is in "identity" already`;
  findings.error('spec/duplicate-attribute', place, message, 'map it in one of the two');
  return true;
}

/** What the target refuses a create without must have a value from somewhere. */
function reportUnmapped(sync: SyncDocument, definitions: readonly Definition[], sides: Sides): void {
  const mapped = new Set(definitions.map((definition) => definition.name));
  for (const { name, required } of sides.target.values()) {
    if (required !== true || mapped.has(name) || Object.hasOwn(sync.content.spec.identity, name)) continue;
    const message = `the target creates no account without "${name}", and nothing maps it`;
    const at = sync.yaml.keyPlace(['spec', 'attributes']);
    sides.findings.error('spec/required-attribute', at, message, `add ${name} to "attributes"`);
  }
}

/** Whoever is created in an HR system is an employee there: that everybody read becomes one must not be an oversight. */
function reportOpenDoor({ yaml, content }: SyncDocument, { into, findings }: Sides): void {
  const { who, direction, entity } = content.spec;
  if (into !== 'hr' || entity !== 'person' || who.length > 0) return;
  const message = `"${direction.to}" is an HR system, and nothing says who becomes an employee there`;
  const hint = 'add "who"; for everybody write: who: ["true"]';
  findings.error('spec/who', yaml.place(['spec', 'direction', 'to']), message, hint);
}

function compileProtect({ yaml, content }: SyncDocument, sides: Sides): CompiledSync['protect'] {
  return Object.entries(content.spec.protect).map(([attribute, values]) => {
    const path = ['spec', 'protect', attribute];
    const spec = readableAttribute(attribute, path, yaml, sides);
    for (const [index, value] of values.entries()) {
      const fault = spec === undefined ? undefined : constantFault(value, spec);
      if (fault !== undefined) sides.findings.error('spec/type', yaml.place([...path, index]), fault);
    }
    return { attribute, values };
  });
}

function expressionsOf(rules: Rules): readonly Expression[] {
  const { who, identity, match, attributes, status, dates } = rules;
  return [
    ...who.map((clause) => clause.expression),
    ...[...identity, ...attributes].flatMap(({ result }) =>
      'expression' in result ? [result.expression] : [],
    ),
    ...match.flatMap((rule) => rule.items.map((item) => item.expression)),
    ...(status === undefined ? [] : [status.value]),
    ...(dates.starts === undefined ? [] : [dates.starts]),
    ...(dates.lastDay === undefined ? [] : [dates.lastDay]),
    ...('constant' in dates.timezone ? [] : [dates.timezone]),
  ];
}

function targetAttributes(
  { identity, attributes, match }: Rules,
  others: readonly { readonly attribute: string }[],
  { target }: Sides,
): readonly string[] {
  const names = [
    ...[...identity, ...attributes].map((attribute) => attribute.name),
    ...match.flatMap((rule) => rule.items.map((item) => item.attribute)),
    ...others.map((one) => one.attribute),
    ...attributes.flatMap(({ result }) => (result.kind === 'person' ? (result.as ?? []) : [])),
  ];
  return sorted(
    names.filter((name) => {
      const spec = target.get(name);
      return spec === undefined || isReadBack(spec);
    }),
  );
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted();
}

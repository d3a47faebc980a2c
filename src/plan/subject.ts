import type { RecordView } from '../expression/expression.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Value } from '../model/value.ts';
import type { Comparing } from './diff.ts';
import type { Difference } from './difference.ts';
import type { Draft } from './draft.ts';
import type { Scope } from './filter.ts';
import { mapAttribute } from './map.ts';
import type { Found } from './found.ts';
import { remembersValues } from './pair.ts';
import type { Pass } from './pass.ts';
import type { Row as Decision } from './situations.ts';
import { laterFindings } from './findings.ts';
import type { Standing, Today } from './status.ts';

/** Somebody whose facts are together. Who is absent from the source has no view. */
export interface Subject {
  readonly personId: string;
  readonly found: Found;
  readonly link: LinkRecord | undefined;
  readonly person: {
    readonly view: RecordView | undefined;
    readonly standing: Standing;
    readonly scope: Scope;
    readonly today?: Today;
  };
}

/** What an account of this person is compared with: a Links document wins over the identity that it carries. */
export function comparingOf({ comparing, decided }: Pass, personId: string, accountId: string): Comparing {
  return decided.ofPair(personId, accountId) === undefined ? comparing : { ...comparing, overrules: true };
}

/** Nothing is done for this person, for this reason. */
export function rest(
  pass: Pass,
  { personId, found, link }: Subject,
  { situation, attention }: Pick<Decision, 'situation' | 'attention'>,
  reason: string,
): void {
  const accountId = found.row?.id ?? link?.accountId ?? null;
  const asks = situation === 'disputed' || found.fact === 'inactive';
  const more = asks ? pass.candidates.of(found) : {};
  pass.quiet.push({ personId, accountId, situation, reason, attention, ...more });
}

export function plan(pass: Pass, person: Draft): void {
  pass.drafts.set(person.personId, person);
}

export function fail(pass: Pass, subject: Subject, fault: NonNullable<Difference['fault']>): void {
  rest(pass, subject, { situation: laterFindings[fault.finding].situation, attention: true }, fault.reason);
}

export function report(
  pass: Pass,
  personId: string,
  accountId: string,
  { drift, converged, applied, attributes, pending }: Difference,
): void {
  for (const { attribute, reason } of drift) {
    const { name, mapped } = attribute;
    pass.drift.push({ personId, accountId, attribute: name, class: mapped.class, reason });
  }
  if (converged.length > 0) pass.memory.push({ kind: 'converged', personId, attributes: converged });
  if (applied === undefined || !remembersValues(pass.input.sync)) return;
  const partly = attributes.length > 0 || pending.length > 0;
  pass.memory.push({ kind: 'applied', personId, hashes: applied, ...(partly ? { partly } : {}) });
}

/** What the account is found by after a lost answer, as far as it can be computed. */
export function identityOf(pass: Pass, view: RecordView): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const { name, mapped, identity } of pass.prepared) {
    const result = identity ? mapAttribute(mapped, view) : undefined;
    if (result?.kind === 'value' && result.value !== null) values[name] = result.value;
  }
  return values;
}

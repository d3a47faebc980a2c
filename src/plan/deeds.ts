import type { RecordView } from '../expression/expression.ts';
import type { ChangeKind } from '../model/change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Value } from '../model/value.ts';
import type { Difference } from './diff.ts';
import { beginning, compare } from './diff.ts';
import type { Draft } from './draft.ts';
import { causeOf, draft } from './draft.ts';
import type { Scope } from './filter.ts';
import { mapAttribute } from './map.ts';
import type { Found } from './match.ts';
import type { Pass } from './pass.ts';
import type { Facts, Row as Decision } from './situations.ts';
import { laterFindings } from './situations.ts';
import type { Standing } from './status.ts';

/** Somebody whose facts are together. Who is absent from the source has no view. */
export interface Subject {
  readonly personId: string;
  readonly found: Found;
  readonly link: LinkRecord | undefined;
  readonly person: {
    readonly view: RecordView | undefined;
    readonly standing: Standing;
    readonly scope: Scope;
  };
}

/** Asks the decision table and drafts what it says, as far as the mode and the target allow. */
export function carryOut(pass: Pass, subject: Subject, facts: Facts): void {
  const decision = pass.decide(facts);
  const reason = reasonOf(decision, subject);
  switch (decision.deed) {
    case 'nothing':
      return rest(pass, subject, decision, reason);
    case 'create':
      return create(pass, subject, decision, reason);
    case 'adopt':
    case 'adoptAndEnable':
      return adopt(pass, subject, decision, reason);
    case 'align':
    case 'alignAndEnable':
      return align(pass, subject, decision);
    case 'disable':
    case 'linkAndDisable':
    case 'delete':
      return takeAway(pass, subject, decision, reason);
  }
}

function reasonOf({ because, situation }: Decision, { found, person }: Subject): string {
  if (
    situation === 'left' &&
    (found.fact === 'ended' || found.fact === 'endedAway') &&
    found.row?.active !== false
  ) {
    return found.row === undefined ? person.standing.reason : 'left: the account was enabled again';
  }
  if (typeof because === 'object') return because.text;
  if (because === 'account') return found.reason;
  return because === 'status' ? person.standing.reason : person.scope.reason;
}

function rest(
  pass: Pass,
  { personId, found, link }: Subject,
  { situation, attention }: Pick<Decision, 'situation' | 'attention'>,
  reason: string,
): void {
  const accountId = found.row?.id ?? link?.accountId ?? null;
  pass.quiet.push({ personId, accountId, situation, reason, attention });
}

function create(pass: Pass, subject: Subject, decision: Decision, reason: string): void {
  const { view } = subject.person;
  const refusal = pass.permit('create');
  if (refusal !== undefined) {
    rest(pass, subject, { ...decision, attention: refusal.attention }, `${reason}; ${refusal.reason}`);
    return;
  }
  if (view === undefined) return;
  const begins = beginning(pass.comparing, view);
  if (begins.fault !== undefined) return fail(pass, subject, begins.fault);
  const { attributes, pending } = begins;
  const verdict = { situation: decision.situation, reason, attention: decision.attention };
  plan(
    pass,
    draft(subject.personId, { id: null, position: -1 }, verdict, {
      kind: 'create',
      attributes,
      pending,
      identity: identityOf(pass, view),
    }),
  );
}

/** Without leave to update, the account is only remembered as this person's. */
function adopt(pass: Pass, subject: Subject, decision: Decision, reason: string): void {
  const { personId, found, person } = subject;
  if (found.row === undefined || person.view === undefined) return;
  const differs =
    pass.permit('update') === undefined
      ? compare(pass.comparing, person.view, found.row, undefined)
      : noDifference;
  if (differs.fault !== undefined) return fail(pass, subject, differs.fault);
  report(pass, personId, found.row.id, differs);
  const verdict = { situation: decision.situation, reason, attention: decision.attention };
  plan(
    pass,
    draft(personId, { id: found.row.id, position: found.position }, verdict, {
      kind: 'adopt',
      links: true,
      enables: decision.deed === 'adoptAndEnable' && pass.permit('enable') === undefined,
      attributes: differs.attributes,
      pending: differs.pending,
      identity: identityOf(pass, person.view),
    }),
  );
}

function align(pass: Pass, subject: Subject, decision: Decision): void {
  const { personId, found, link, person } = subject;
  if (found.row === undefined || person.view === undefined) return;
  const differs = compare(pass.comparing, person.view, found.row, link);
  if (differs.fault !== undefined) return fail(pass, subject, differs.fault);
  report(pass, personId, found.row.id, differs);
  const some = differs.attributes.length > 0 || differs.pending.length > 0;
  const enables = decision.deed === 'alignAndEnable';
  const refusals = [some ? pass.permit('update') : undefined, enables ? pass.permit('enable') : undefined];
  const refused = refusals.filter((refusal) => refusal !== undefined);
  const updates = some && refusals[0] === undefined;
  const kind: ChangeKind | null =
    enables && refusals[1] === undefined
      ? 'enable'
      : updates && differs.attributes.length > 0
        ? 'update'
        : null;
  const names = differs.attributes.map(({ name }) => name).toSorted();
  const findings = [
    enables ? 'deactivated in the target' : '',
    names.length > 0 ? `differs: ${names.join(', ')}` : '',
  ];
  const said = decision.situation === 'away' ? [person.standing.reason] : [];
  const reason = [
    ...said,
    ...findings.filter((part) => part !== ''),
    ...refused.map((refusal) => refusal.reason),
  ].join('; ');
  const attention = refused.some((refusal) => refusal.attention);
  if (kind === null && !updates) {
    if (decision.situation !== 'linked' || reason !== '')
      rest(pass, subject, { ...decision, attention }, reason);
    return;
  }
  plan(
    pass,
    draft(
      personId,
      { id: found.row.id, position: found.position },
      { situation: decision.situation, reason, attention },
      {
        kind,
        attributes: updates ? differs.attributes : [],
        pending: updates ? differs.pending : [],
        cause: causeOf(updates ? differs.attributes : [], 'drift'),
        identity: identityOf(pass, person.view),
      },
    ),
  );
}

/** Needs no mapping: a leaver goes even where an attribute cannot be computed. */
function takeAway(pass: Pass, subject: Subject, decision: Decision, reason: string): void {
  const { personId, found, link, person } = subject;
  const kind = decision.deed === 'delete' ? 'delete' : 'disable';
  const refusal = pass.permit(kind);
  if (refusal !== undefined || found.row === undefined) {
    const attention = decision.attention || refusal?.attention === true;
    rest(
      pass,
      subject,
      { ...decision, attention },
      [reason, refusal?.reason ?? ''].filter(Boolean).join('; '),
    );
    return;
  }
  plan(
    pass,
    draft(
      personId,
      { id: found.row.id, position: found.position },
      { situation: decision.situation, reason, attention: decision.attention },
      {
        kind,
        links: decision.deed === 'linkAndDisable',
        cause: removalCause(pass, decision, person.standing, link),
        identity: person.view === undefined ? {} : identityOf(pass, person.view),
      },
    ),
  );
}

function removalCause(
  pass: Pass,
  { situation }: Decision,
  { due }: Standing,
  link: LinkRecord | undefined,
): Draft['cause'] {
  if (link?.state === 'tombstone') return 'drift';
  if (situation === 'outOfScope') return link?.mapping === pass.input.sync.digest ? 'data' : 'revision';
  return due ? 'due' : 'data';
}

function plan(pass: Pass, person: Draft): void {
  pass.drafts.set(person.personId, person);
}

function fail(pass: Pass, subject: Subject, fault: NonNullable<Difference['fault']>): void {
  rest(pass, subject, { situation: laterFindings[fault.finding].situation, attention: true }, fault.reason);
}

function report(pass: Pass, personId: string, accountId: string, { drift, applied }: Difference): void {
  for (const { name, mapped } of drift) {
    pass.drift.push({ personId, accountId, attribute: name, class: mapped.class });
  }
  if (applied !== undefined) pass.memory.push({ kind: 'applied', personId, hashes: applied });
}

/** What the account is found by after a lost answer, as far as it can be computed. */
function identityOf(pass: Pass, view: RecordView): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const { name, mapped, identity } of pass.prepared) {
    const result = identity ? mapAttribute(mapped, view) : undefined;
    if (result?.kind === 'value' && result.value !== null) values[name] = result.value;
  }
  return values;
}

const noDifference: Difference = { attributes: [], pending: [], drift: [], applied: undefined };

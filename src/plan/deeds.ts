import { align } from './align.ts';
import { beginning, compare } from './diff.ts';
import { noDifference } from './difference.ts';
import { draft } from './draft.ts';
import { isUsable } from './found.ts';
import { inPair } from './pair.ts';
import { momentOf } from './links.ts';
import type { Pass } from './pass.ts';
import { heldByFormer } from './replaced.ts';
import type { Refusal } from './permit.ts';
import type { Facts } from './facts.ts';
import type { Row as Decision } from './situations.ts';
import type { Subject } from './subject.ts';
import { comparingOf, fail, identityOf, plan, report, rest } from './subject.ts';
import { reasonOf, removalCause } from './why.ts';
import { byPrecedence, standInOf, takenLink } from './takeover.ts';

/** Asks the decision table and drafts what it says, as far as the mode and the target allow. Returns what it said. */
export function carryOut(pass: Pass, subject: Subject, facts: Facts): Decision {
  const decision = decisionOn(pass, subject, facts);
  const reason = reasonOf(pass, decision, subject);
  draftDeed(pass, subject, decision, reason);
  noteTakeover(pass, subject, decision);
  return decision;
}

/** What the table says of somebody, as the other sync of a pair and those with precedence leave it. */
export function decisionOn({ input, decide }: Pass, subject: Subject, facts: Facts): Decision {
  return byPrecedence(input, subject, facts, inPair(input, { ...subject, facts }, decide(facts)));
}

/** What other syncs must know of it: the account is claimed, given over, or waited for. */
function noteTakeover(pass: Pass, subject: Subject, { takesFrom, handsTo, waits }: Decision): void {
  const { personId, found, link } = subject;
  if (takesFrom !== undefined) pass.claims.claim(found.position, personId);
  if (handsTo !== undefined && link !== undefined)
    pass.memory.push({ kind: 'handed-over', personId, to: handsTo });
  const seenAt = momentOf(pass.input.people.receipt.asOf, pass.input.now);
  // Until a take-over is done the account is waited for: the target may refuse it.
  const isWaiting = waits === true || takesFrom !== undefined;
  const standIn = isWaiting ? standInOf(pass.input, subject, seenAt) : undefined;
  if (standIn !== undefined) pass.standIns.push(standIn);
}

function draftDeed(pass: Pass, subject: Subject, decision: Decision, reason: string): void {
  switch (decision.deed) {
    case 'nothing':
      return rest(pass, subject, decision, reason);
    case 'create':
    case 'createDisabled':
      return create(pass, subject, decision, reason);
    case 'adopt':
    case 'adoptAndEnable':
      return adopt(pass, subject, decision, reason);
    case 'reuse':
      return isUsable(subject.found)
        ? adopt(pass, subject, decision, reason)
        : align(pass, subject, decision, reason);
    case 'align':
    case 'alignAndEnable':
      return align(pass, subject, decision, '');
    case 'disable':
    case 'linkAndDisable':
    case 'delete':
      return takeAway(pass, subject, decision, reason);
  }
}

function create(pass: Pass, subject: Subject, decision: Decision, reason: string): void {
  const { view, standing } = subject.person;
  const disabled = decision.deed === 'createDisabled';
  const refusal = pass.permit(disabled ? 'createDisabled' : 'create');
  if (refusal !== undefined) {
    rest(pass, subject, { ...decision, attention: refusal.attention }, `${reason}; ${refusal.reason}`);
    return;
  }
  if (view === undefined) return;
  const begins = beginning(pass.comparing, subject.personId, view);
  const fault = begins.fault ?? heldByFormer(pass, subject.found, begins.attributes);
  if (fault !== undefined) return fail(pass, subject, fault);
  const { attributes, pending } = begins;
  const verdict = { situation: decision.situation, reason, attention: decision.attention };
  plan(
    pass,
    draft(subject.personId, { id: null, position: -1 }, verdict, {
      kind: 'create',
      cause: standing.due ? 'due' : 'data',
      disabled,
      // Once for each person: who had an account before has been welcomed.
      welcomes: pass.input.welcomes === true && !pass.input.memory.links.has(subject.personId),
      attributes,
      pending,
      identity: identityOf(pass, view),
    }),
  );
}

/** Without leave to update, the account is only remembered as this person's. */
function adopt(pass: Pass, subject: Subject, decision: Decision, reason: string): void {
  const { personId, found, link, person } = subject;
  const { takesFrom: takenFrom } = decision;
  if (found.row === undefined || person.view === undefined) return;
  const differs =
    pass.permit('update') === undefined
      ? compare(
          comparingOf(pass, personId, found.row.id),
          personId,
          person.view,
          found.row,
          decision.deed === 'reuse' ? link : takenFrom && takenLink(pass.input, subject, takenFrom),
        )
      : noDifference;
  if (differs.fault !== undefined) return fail(pass, subject, differs.fault);
  report(pass, personId, found.row.id, differs);
  const verdict = { situation: decision.situation, reason, attention: decision.attention };
  plan(
    pass,
    draft(personId, { id: found.row.id, position: found.position }, verdict, {
      kind: 'adopt',
      links: true,
      ...(takenFrom === undefined ? {} : { takesFrom: takenFrom }),
      enables: decision.deed === 'adoptAndEnable' && pass.permit('enable') === undefined,
      attributes: differs.attributes,
      pending: differs.pending,
      identity: identityOf(pass, person.view),
    }),
  );
}

/** Needs no mapping: a leaver goes even where an attribute cannot be computed. */
function takeAway(pass: Pass, subject: Subject, decision: Decision, reason: string): void {
  const { personId, found, person } = subject;
  const kind = decision.deed === 'delete' ? 'delete' : 'disable';
  const refusal =
    decision.deed === 'linkAndDisable' && pass.input.only !== undefined ? unsure : pass.permit(kind);
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
  const deletes = kind === 'disable' && pass.input.shape.disabling === 'deletes';
  const truth = deletes ? '; this deletes the account for good' : '';
  plan(
    pass,
    draft(
      personId,
      { id: found.row.id, position: found.position },
      { situation: decision.situation, reason: `${reason}${truth}`, attention: decision.attention },
      {
        kind,
        links: decision.deed === 'linkAndDisable',
        cause: removalCause(pass, decision, subject),
        identity: person.view === undefined ? {} : identityOf(pass, person.view),
      },
    ),
  );
}

/** Who else matches the account is known only when everybody was read. */
export const unsure: Refusal = { reason: 'not linked yet: a full pass decides', attention: false };

import type { ChangeKind } from '../model/change.ts';
import { compare } from './diff.ts';
import type { Difference } from './difference.ts';
import { causeOf, differing, draft } from './draft.ts';
import type { Pass } from './pass.ts';
import type { Refusal } from './permit.ts';
import type { Row as Decision } from './situations.ts';
import type { Subject } from './subject.ts';
import { fail, identityOf, plan, report, rest } from './subject.ts';

/** Brings a linked account to what the mapping says, and enables it where the table says so. */
export function align(pass: Pass, subject: Subject, decision: Decision): void {
  const { personId, found, link, person } = subject;
  if (found.row === undefined || person.view === undefined) return;
  const differs = compare(pass.comparing, personId, person.view, found.row, link);
  if (differs.fault !== undefined) return fail(pass, subject, differs.fault);
  report(pass, personId, found.row.id, differs);
  const some = differs.attributes.length > 0 || differs.pending.length > 0;
  const enables = decision.deed === 'alignAndEnable';
  if (!some && !enables && decision.situation === 'linked') return;
  const noUpdate = some ? pass.permit('update') : undefined;
  const noEnable = enables ? pass.permit('enable') : undefined;
  const attributes = noUpdate === undefined ? differs.attributes : [];
  const pending = noUpdate === undefined ? differs.pending : [];
  const kind = kindOf(enables && noEnable === undefined, attributes.length > 0);
  const reason = reasonOf(subject, decision, enables, differs, [noUpdate, noEnable]);
  const attention = noUpdate?.attention === true || noEnable?.attention === true;
  if (kind === null && pending.length === 0) {
    rest(pass, subject, { ...decision, attention }, reason);
    return;
  }
  const verdict = { situation: decision.situation, reason, attention };
  const identity = identityOf(pass, person.view);
  const cause = causeOf(attributes, 'drift');
  plan(
    pass,
    draft(personId, { id: found.row.id, position: found.position }, verdict, {
      kind,
      attributes,
      pending,
      cause,
      identity,
    }),
  );
}

function kindOf(enables: boolean, updates: boolean): ChangeKind | null {
  if (enables) return 'enable';
  return updates ? 'update' : null;
}

function reasonOf(
  { person }: Subject,
  { situation }: Decision,
  enables: boolean,
  { attributes }: Difference,
  refusals: readonly (Refusal | undefined)[],
): string {
  const parts = [
    situation === 'away' ? person.standing.reason : '',
    enables ? 'deactivated in the target' : '',
    differing(attributes),
    ...refusals.map((refusal) => refusal?.reason ?? ''),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

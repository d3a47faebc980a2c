import type { ChangeKind } from '../model/change.ts';
import { compare } from './diff.ts';
import type { Difference } from './difference.ts';
import { causeOf, differing, draft } from './draft.ts';
import type { Pass } from './pass.ts';
import type { Refusal } from './permit.ts';
import type { Row as Decision } from './situations.ts';
import type { Subject } from './subject.ts';
import { comparingOf, fail, identityOf, plan, report, rest } from './subject.ts';
import { whyEnabled } from './why.ts';

/**
 * Brings a linked account to what the mapping says, and enables it where the table says so. `back` is why a former account
 * is used again.
 */
export function align(pass: Pass, subject: Subject, decision: Decision, back: string): void {
  const { personId, found, link, person } = subject;
  if (found.row === undefined || person.view === undefined) return;
  const comparing = comparingOf(pass, personId, found.row.id);
  const differs = compare(comparing, personId, person.view, found.row, link);
  if (differs.fault !== undefined) return fail(pass, subject, differs.fault);
  report(pass, personId, found.row.id, differs);
  const some = differs.attributes.length > 0 || differs.pending.length > 0;
  const again = decision.deed === 'reuse';
  const enables = again || decision.deed === 'alignAndEnable';
  if (!some && !enables && decision.situation === 'linked') return;
  const noEnable = enables ? pass.permit('enable') : undefined;
  // A former account that may not be enabled is not used again at all.
  const noUpdate = some ? (pass.permit('update') ?? (again ? noEnable : undefined)) : undefined;
  const attributes = noUpdate === undefined ? differs.attributes : [];
  const pending = noUpdate === undefined ? differs.pending : [];
  const kind = kindOf(enables && noEnable === undefined, attributes.length > 0);
  const why = enables ? whyEnabled(pass, subject, back) : undefined;
  const reason = reasonOf(subject, decision, why?.reason, differs, [noUpdate, noEnable]);
  const attention = noUpdate?.attention === true || noEnable?.attention === true;
  if (kind === null && pending.length === 0) {
    rest(pass, subject, { ...decision, attention }, reason);
    return;
  }
  const verdict = { situation: decision.situation, reason, attention };
  const identity = identityOf(pass, person.view);
  const cause = why?.due === true ? 'due' : causeOf(attributes, again ? 'data' : 'drift');
  plan(
    pass,
    draft(personId, { id: found.row.id, position: found.position }, verdict, {
      kind,
      attributes,
      pending,
      cause,
      links: again && noEnable === undefined,
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
  enabled: string | undefined,
  { attributes }: Difference,
  refusals: readonly (Refusal | undefined)[],
): string {
  const parts = [
    situation === 'away' ? person.standing.reason : '',
    enabled ?? '',
    differing(attributes),
    ...new Set(refusals.map((refusal) => refusal?.reason ?? '')),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

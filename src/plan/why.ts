import type { Cause } from '../model/change.ts';
import { datesOf } from './dates.ts';
import type { Pass } from './pass.ts';
import type { Row as Decision } from './situations.ts';
import type { Subject } from './subject.ts';
import { beginningOfDay, dateAfter } from './today.ts';

/** Why the table says so, in a few words without a person's values. */
export function reasonOf(pass: Pass, decision: Decision, subject: Subject): string {
  const { because, situation, deed } = decision;
  const { found, person, link } = subject;
  if (typeof because === 'object') return because.text;
  if (situation === 'left' && deed === 'delete') {
    const since = link?.endedAt == null ? '' : ` since ${new Date(link.endedAt).toISOString().slice(0, 10)}`;
    const days = (pass.input.sync.then.left.deleteAfterMs ?? 0) / 86_400_000;
    return `left: disabled${since}, deleted after ${Number(days.toFixed(2))} d`;
  }
  const former = found.fact === 'ended' || found.fact === 'endedAway';
  if (situation === 'left' && former && found.row !== undefined && found.row.active !== false) {
    return hasCome(pass, subject, 'end') ? person.standing.reason : 'left: the account was enabled again';
  }
  if (because === 'account') return found.reason;
  return because === 'status' ? person.standing.reason : person.scope.reason;
}

/** What makes an account usable: a first day that came since we last wrote to it, a return, or somebody's deactivation. */
export function whyEnabled(
  pass: Pass,
  subject: Subject,
  back: string,
): { readonly reason: string; readonly due: boolean } {
  if (hasCome(pass, subject, 'start')) {
    const { view } = subject.person;
    const starts = view === undefined ? undefined : datesOf(pass.input.sync, view).starts;
    const first = starts?.kind === 'date' ? `first day: ${starts.date}` : '';
    return { reason: [back, first].filter((part) => part !== '').join('; '), due: true };
  }
  return { reason: back === '' ? 'deactivated in the target' : back, due: false };
}

export function removalCause(pass: Pass, { situation, deed }: Decision, subject: Subject): Cause {
  const { link, person } = subject;
  if (link?.state === 'tombstone') {
    return deed === 'delete' || (situation === 'left' && hasCome(pass, subject, 'end')) ? 'due' : 'drift';
  }
  if (situation === 'outOfScope') return link?.mapping === pass.input.sync.digest ? 'data' : 'revision';
  return person.standing.due ? 'due' : 'data';
}

/** Whether the employment began, or ended by its last day, since we last wrote to the account. */
function hasCome({ input: { sync } }: Pass, { link, person }: Subject, what: 'start' | 'end'): boolean {
  const { view, today, standing } = person;
  if (view === undefined || today === undefined || !('zone' in today) || link === undefined) return false;
  if (link.writtenAt === null) return what === 'start' && standing.due;
  if (what === 'end' && !standing.due) return false;
  const { starts, lastDay } = datesOf(sync, view);
  const date = what === 'start' ? starts : lastDay;
  if (date.kind !== 'date') return false;
  const day = what === 'start' ? date.date : dateAfter(date.date, 1);
  return link.writtenAt < beginningOfDay(day, today.zone);
}

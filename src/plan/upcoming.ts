import type { Row } from '../model/row.ts';
import type { UpcomingKind } from '../model/upcoming.ts';
import { datesOf } from './dates.ts';
import { decisionOn } from './deeds.ts';
import { beginning, compare } from './diff.ts';
import { deletionDue } from './former.ts';
import { isUsable } from './found.ts';
import type { Holding } from './holding.ts';
import { factsOf, holdingOf } from './holding.ts';
import type { Held } from './hereafter.ts';
import { afterDeed, changesHolding } from './hereafter.ts';
import type { Pass } from './pass.ts';
import type { Person } from './person.ts';
import { heldByFormer } from './replaced.ts';
import type { Facts } from './facts.ts';
import type { Deed, Row as Decision } from './situations.ts';
import type { Subject } from './subject.ts';
import { announcedDays, beginningOfDay, dateAfter } from './today.ts';
import { reasonOf, whyEnabled } from './why.ts';

const horizonMs = announcedDays * 86_400_000;

/** Whether a date may bring this person something soon: for everybody else it costs a look at two fields. */
export function isAwaited({ input }: Pass, { standing }: Person, { link }: Holding): boolean {
  if (standing.awaits === true) return true;
  return standing.fact === 'left' && link !== undefined && input.sync.then.left.deleteAfterMs !== undefined;
}

/**
 * Says what dates will bring one person of the source. The clock is moved from one of their moments to the next, and the
 * decision table is asked there, of the account as the deeds before will have left it: what is announced is what a plan
 * will say at that moment, as long as neither system nor spec changes.
 */
export function foresee(pass: Pass, subject: Subject & { readonly row: Row }, decided: Decision): void {
  const { row, personId, found, link } = subject;
  const dates = datesAhead(pass, subject);
  const { now } = pass.input;
  let deed: Deed = decided.deed;
  let held: Held = { found, link, real: true };
  if (changesHolding(deed) && (pass.drafts.get(personId)?.kind ?? null) !== null) {
    held = afterDeed(held, deed, decided.situation, now);
    pass.resting.add(personId);
  }
  const quiet = { ...pass, memory: [] };
  for (let at = nextOf(pass, held, dates, now); at !== undefined; at = nextOf(pass, held, dates, at)) {
    const person = pass.people.lookAt(row, at);
    if (held.real)
      held = { ...holdingOf(quiet, personId, person, pass.input.memory.links.get(personId)), real: true };
    const then = { personId, found: held.found, link: held.link, person };
    const decision = decisionOn(pass, then, factsOf(pass, person, held, at));
    // What is planned already, and is not done for another reason, no date brings.
    const brought = decision.deed !== deed && isPossible(pass, then, decision.deed);
    deed = decision.deed;
    if (!brought || !changesHolding(deed)) continue;
    announce(pass, then, decision, at);
    held = afterDeed(held, deed, decision.situation, at);
  }
}

/** As `foresee`, for somebody who is not in the source: what the end of their time of grace will bring, at `at`. */
export function foreseeAbsent(pass: Pass, subject: Subject, over: Facts, at: number): void {
  const { now } = pass.input;
  if (at <= now || at > now + horizonMs) return;
  const decision = decisionOn(pass, subject, over);
  if (isPossible(pass, subject, decision.deed)) announce(pass, subject, decision, at);
}

function announce(pass: Pass, subject: Subject, decision: Decision, at: number): void {
  const kind = kindOf(decision.deed, subject);
  if (kind === undefined) return;
  const said = reasonOf(pass, decision, subject);
  const back = decision.deed === 'reuse' ? said : '';
  const reason = kind === 'enable' ? whyEnabled(pass, subject, back).reason : said;
  const { personId, found, link } = subject;
  const accountId = found.row?.id ?? link?.accountId ?? null;
  pass.upcoming.push({ personId, accountId: accountId === '' ? null : accountId, at, kind, reason });
}

function kindOf(deed: Deed, { found }: Subject): UpcomingKind | undefined {
  if (deed === 'create' || deed === 'createDisabled') return 'create';
  if (deed === 'alignAndEnable' || deed === 'adoptAndEnable') return 'enable';
  if (deed === 'reuse') return isUsable(found) ? undefined : 'enable';
  if (deed === 'disable' || deed === 'linkAndDisable') return 'disable';
  return deed === 'delete' ? 'delete' : undefined;
}

/** Whether mode, target and mapping let it happen. Values that others hold are looked at only when it is due. */
function isPossible(pass: Pass, subject: Subject, deed: Deed): boolean {
  const { found, link, person } = subject;
  if (deed === 'createDisabled' || deed === 'create') {
    if (person.view === undefined || pass.permit(deed) !== undefined) return false;
    const begins = beginning(pass.comparing, subject.personId, person.view);
    return (begins.fault ?? heldByFormer(pass, found, begins.attributes)) === undefined;
  }
  const kind = kindOf(deed, subject);
  if (kind === undefined || kind === 'create') return true;
  if (pass.permit(kind) !== undefined) return false;
  if (kind !== 'enable' || found.row === undefined || person.view === undefined) return true;
  const known = deed === 'adoptAndEnable' ? undefined : link;
  if (found.position < 0) return true;
  return compare(pass.comparing, subject.personId, person.view, found.row, known).fault === undefined;
}

/** The moments at which a date of theirs may change where somebody stands. */
function datesAhead({ input: { sync } }: Pass, { person: { view, today } }: Subject): readonly number[] {
  if (view === undefined || today === undefined || !('zone' in today)) return [];
  const { starts, lastDay } = datesOf(sync, view);
  const { createBeforeDays } = sync.then.starting;
  const days: string[] = [];
  if (starts.kind === 'date') days.push(starts.date);
  if (starts.kind === 'date' && createBeforeDays > 0) days.push(dateAfter(starts.date, -createBeforeDays));
  if (lastDay.kind === 'date') days.push(dateAfter(lastDay.date, 1));
  return days.map((day) => beginningOfDay(day, today.zone));
}

function nextOf(
  { input }: Pass,
  { found, link }: Held,
  dates: readonly number[],
  after: number,
): number | undefined {
  const deletion = found.row?.active === false ? deletionDue(input, link) : undefined;
  const moments = deletion === undefined ? dates : [...dates, deletion];
  const next = Math.min(...moments.filter((at) => at > after));
  return next <= input.now + horizonMs ? next : undefined;
}

import { changeKinds, type ChangeKind } from '../model/change.ts';
import { attributesNotConverging, wayToConverge } from '../model/drift.ts';
import { nounOf, type Entity } from '../model/entity.ts';
import type { Outcome, PersonOutcome, RunSummary } from '../model/run.ts';
import type { Failure } from './notifier.ts';

/** One line and a text, in plain words: counts and ids, never a person's name or value. */
export interface Message {
  readonly subject: string;
  readonly text: string;
}

/** What every message about a sync says at its end. */
export interface About {
  readonly direction: string;
  /** What the sync carries; people where it is left out. */
  readonly entity?: Entity;
  readonly owner: string | undefined;
  /** Instant (ISO) at which it happened. */
  readonly at: string;
}

/** After an automatic pass. */
export function summaryMessage({ run, summary }: Outcome, about: About): Message {
  const done = changeLines(summary, ['applied', 'delivered']);
  const failed = changeLines(summary, ['rejected', 'unknown', 'not-sent', 'failed']);
  const headline = done.length === 0 ? 'nothing to do' : done.join(', ');
  return {
    subject: `${run.sync}: ${headline}`,
    text: paragraphs(
      `${run.sync} (${about.direction}): ${sentence(summary.message)}`,
      listing('Done:', done),
      listing('Not done, tried again in the next pass:', failed),
      summary.held > 0 ? `${count(summary.held, 'change')} held; nothing of them was written.` : '',
      peopleLine(summary, about),
      closing(about, run.id),
    ),
  };
}

/** When a failure begins. */
export function failureMessage({ run, summary }: Outcome, about: About): Message {
  const next =
    summary.result === 'stalled'
      ? 'rosterd waits for somebody to correct it: a spec, a credential or a permission.'
      : 'rosterd tries again by itself; nobody has to do anything unless it goes on.';
  return {
    subject: `${run.sync} fails: ${summary.reason ?? summary.result}`,
    text: paragraphs(
      `${run.sync} (${about.direction}) ${summary.result === 'failed-people' ? 'could not be done for everybody' : 'could not be done'}: ${sentence(summary.message)}`,
      summary.result === 'failed-people'
        ? listing('Not done:', changeLines(summary, ['rejected', 'unknown', 'not-sent', 'failed']))
        : '',
      next,
      'You get one more mail about this, when it is over.',
      closing(about, run.id),
    ),
  };
}

/** When it ends. */
export function resolvedMessage(what: string, since: string, about: About): Message {
  return {
    subject: `${what}: resolved`,
    text: paragraphs(`${what} is over. It had begun at ${since}.`, closing(about, undefined)),
  };
}

/** When something waits for an approval. */
export function heldMessage({ run, summary }: Outcome, about: About): Message {
  const digest = summary.heldDigest;
  if (digest === null) return overLimitMessage(run.sync, run.id, summary.message, about);
  return {
    subject: `${run.sync}: ${count(summary.held, 'change')} held`,
    text: paragraphs(
      `${run.sync} (${about.direction}) holds ${count(summary.held, 'change')}: ${sentence(summary.message)}`,
      'Nothing of it was written. To see who is concerned:',
      `    rosterd plan ${run.sync}`,
      ...(summary.unreleasable === true
        ? ['No approval releases it.']
        : [
            'If it is right, write an approval and let it be merged into the specs:',
            `    rosterd approve ${digest}`,
          ]),
      'If it is wrong, correct the source or the specs; the hold goes away with its cause.',
      closing(about, run.id),
    ),
  };
}

/** Something is over a limit, but there is no change yet that anybody could approve: people who vanished. */
function overLimitMessage(sync: string, runId: string, message: string, about: About): Message {
  return {
    subject: `${sync}: over a limit`,
    text: paragraphs(
      `${sync} (${about.direction}) is over a limit: ${sentence(message)}`,
      'Nothing was taken from anybody. To see who is concerned:',
      `    rosterd plan ${sync}`,
      'Look at the source first: this is what a list that is cut, or a permission that was lost, looks like.',
      closing(about, runId),
    ),
  };
}

/** When the target was changed by somebody else. */
export function driftMessage({ run, summary, drift }: Outcome, about: About): Message {
  const corrected = driftCorrected(summary);
  const stuck = attributesNotConverging(drift);
  const byPolicy = summary.drift - (summary.notConverging ?? 0);
  const lines = [
    ...(byPolicy > 0 ? [`${count(byPolicy, 'difference')} left alone, as the specs say`] : []),
    ...(corrected > 0 ? [`${count(corrected, 'account')} brought back in line`] : []),
    ...(stuck === '' ? [] : [`not written any more: ${stuck}`]),
  ];
  return {
    subject: `${run.sync}: drift in ${run.target}`,
    text: paragraphs(
      byPolicy + corrected > 0
        ? `Somebody or something else changes what ${run.sync} (${about.direction}) writes in ${run.target}.`
        : `What ${run.sync} (${about.direction}) writes in ${run.target} does not stay there.`,
      listing('Found:', lines),
      ...(stuck === ''
        ? []
        : [
            `What is not written any more was written, and different again in three passes. The way out: ${wayToConverge}. To see who is concerned:`,
            `    rosterd plan ${run.sync}`,
          ]),
      closing(about, run.id),
    ),
  };
}

/** A failure outside of passes. */
export function outsideMessage({ title, message }: Failure, about: About): Message {
  return {
    subject: title,
    text: paragraphs(sentence(title), message, closing(about, undefined)),
  };
}

/** Accounts whose drift was corrected in this pass. */
export function driftCorrected({ changes }: RunSummary): number {
  return changes
    .filter(({ cause, outcome }) => cause === 'drift' && outcome === 'applied')
    .reduce((sum, change) => sum + change.count, 0);
}

const words: Record<ChangeKind, string> = {
  create: 'created',
  adopt: 'adopted',
  update: 'updated',
  enable: 'enabled',
  disable: 'disabled',
  delete: 'deleted',
};

/** `3 created`, in the order of the kinds. */
function changeLines({ changes }: RunSummary, outcomes: readonly PersonOutcome[]): string[] {
  return changeKinds
    .map((kind) => {
      const ours = changes.filter((change) => change.kind === kind && outcomes.includes(change.outcome));
      return { kind, sum: ours.reduce((total, change) => total + change.count, 0) };
    })
    .filter(({ sum }) => sum > 0)
    .map(({ kind, sum }) => `${sum} ${outcomes.includes('applied') ? words[kind] : `not ${words[kind]}`}`);
}

function peopleLine({ people }: RunSummary, { entity = 'person' }: About): string {
  const noun = nounOf(entity);
  const counts = Object.entries(people).filter(([, size]) => size > 0);
  return counts.length === 0
    ? ''
    : `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${counts.map(([situation, size]) => `${size} ${situation}`).join(', ')}.`;
}

function listing(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  - ${line}`)].join('\n');
}

function closing({ owner, at }: About, run: string | undefined): string {
  const lines = [
    ...(run === undefined ? [] : [`Run: ${run}`]),
    ...(owner === undefined ? [] : [`Owner: ${owner}`]),
    `Time: ${at}`,
  ];
  return `-- \n${lines.join('\n')}`;
}

function paragraphs(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sentence(text: string): string {
  const upper = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}

function count(size: number, noun: string): string {
  return `${size} ${noun}${size === 1 ? '' : 's'}`;
}

import type { Points } from './points.ts';

/** What the pass with everything does to the store and to mail, whichever the target: a kind that is missing here or there fails. */
const always = [
  'store acquireLease',
  'store renewLease',
  'store releaseLease',
  'store beginRun',
  'store endRun',
  'store saveSyncState',
  'store recordCounts',
  'store saveLinks',
  'store saveHeld',
  'store useHeld',
  'store recordIntents',
  'store settle',
  'store recordPopulation',
  'store recordFillRates',
  'store recordPeople',
  'store queueMail',
  'store saveAlert',
  'store saveDue',
  'store saveFormerValues',
  'store takeMail',
  'store mailSent',
  'mail',
];

/** Those of them between the first intent and the last outcome. */
const writing = [
  'store renewLease',
  'store recordCounts',
  'store saveLinks',
  'store recordIntents',
  'store settle',
];

/** Every kind of effect that each fate must meet, `own` being those of the target and its connector. */
export function kindsOf(span: 'whole pass' | 'while writing', own: readonly string[]): readonly string[] {
  return [...(span === 'whole pass' ? always : writing), ...own].toSorted();
}

/** Kinds that a fate has met at least once. */
export function kindsMet({ points }: Points, how: string, when: string): readonly string[] {
  const met = points.filter((point) => point.how === how && point.when === when).map(({ effect }) => effect);
  return [...new Set(met)].toSorted();
}

/** In a sentence for each, for what a failing test prints. */
export function wrongPoints({ points }: Points): readonly string[] {
  return points.flatMap(({ at, how, when, effect, wrong }) =>
    wrong.map((what) => `${how} ${when} effect ${at} (${effect}): ${what}`),
  );
}

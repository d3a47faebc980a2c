import type { PassScope } from '../../src/reconcile/deps.ts';
import type { Trigger } from '../../src/model/run.ts';
import type { Chance } from './chance.ts';

/** What a pass is narrowed to, and what caused it. */
export interface Scope extends PassScope {
  readonly trigger?: Trigger;
}

/** A pass over these people alone, as an edit in HR or `--person` causes it; sometimes in a closed window. */
export function scopeOf(people: readonly string[], chance: Chance): Scope {
  return {
    only: new Set(people),
    trigger: chance.oneOf('webhook', 'webhook', 'request'),
    ...(chance.happens(0.25) ? { leaversOnly: true } : {}),
  };
}

/** In a few words, for the events that a failure prints. */
export function describeScope({ only, leaversOnly, trigger }: Scope): string {
  const who = only === undefined ? '' : ` over ${[...only].join(', ')}`;
  const why = trigger === undefined ? '' : ` (${trigger})`;
  return `${who}${why}${leaversOnly === true ? ' in a closed window' : ''}`;
}

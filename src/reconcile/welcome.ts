import type { Change } from '../model/change.ts';
import type { Intent, Letter, Order } from '../model/order.ts';
import type { Value } from '../model/value.ts';
import type { Template } from '../spec/compiled.ts';
import type { QueuedMail } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import type { PassMemory } from './memory.ts';

/**
 * True where people for whom an account is created in this pass get a welcome mail: from the day that the spec says on,
 * and not in a first pass, which is a load of people who are there already.
 */
export async function welcomesNow(
  { sync, store, clock, mailServer }: PassDeps,
  { moved }: Pick<PassMemory, 'moved'>,
): Promise<boolean> {
  if (sync.welcome === undefined || mailServer === false || moved) return false;
  if (!(await store.syncState(sync.name)).firstPassDone) return false;
  return new Date(clock.now()).toISOString().slice(0, 10) >= sync.welcome.since;
}

/** The letter that follows this create; `undefined` where none does, or where the account has no address. */
export function letterOf(change: Change, set: Order['set'], { sync }: PassDeps): Letter | undefined {
  const { welcome } = sync;
  if (welcome === undefined || change.welcomes !== true) return undefined;
  const to = wordsOf(set[welcome.to]).trim();
  if (to === '') return undefined;
  return { to, subject: oneLine(fill(welcome.subject, set)), text: fill(welcome.text, set) };
}

/** Why nobody is welcomed although the spec says so. */
export function notWelcoming({ sync, mailServer }: PassDeps): readonly string[] {
  if (sync.welcome === undefined || mailServer !== false) return [];
  return ['nobody gets a welcome mail: the operator has configured no mail server (`smtp`)'];
}

/** What is queued with the outcome. Its id comes from the intent: whoever settles it, and however often, it is one mail. */
export function mailAfter(
  { key, welcome }: Intent,
  outcome: string,
  at: number,
): { readonly mail?: QueuedMail } {
  if (welcome === undefined || outcome !== 'applied') return {};
  const { to, subject, text } = welcome;
  return { mail: { id: `welcome-${key}`, to: [to], subject, text, queuedAt: at } };
}

function fill(template: Template, set: Order['set']): string {
  return template.map((part) => (typeof part === 'string' ? part : wordsOf(set[part.attribute]))).join('');
}

function wordsOf(value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** A person's name stands in the subject: whatever is in it, it begins no header. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

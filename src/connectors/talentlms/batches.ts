import type { Clock } from '../../model/effects.ts';

/** What one order came to so far: an answer, or a part that travels with those of others. */
export type Step<T, R> = { readonly result: R } | { readonly part: T };

type Event<T, R> =
  | { readonly kind: 'step'; readonly step: IteratorResult<Step<T, R>> }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'landed'; readonly results: readonly R[] }
  | { readonly kind: 'lingered' };

const atMost = 100;
/** A first part waits this long (ms) for company. */
const lingerMs = 50;

/**
 * Sends parts together, up to 100 at a time and one batch after the other: what comes while a batch travels goes with
 * the next. No more than 100 parts wait and 100 travel, and whoever waits for an answer before giving the next order is not
 * kept waiting. `send` answers for every part and does not reject.
 */
export async function* inBatches<T, R>(
  steps: AsyncGenerator<Step<T, R>>,
  send: (parts: readonly T[]) => Promise<readonly R[]>,
  clock: Clock,
): AsyncGenerator<R> {
  const waiting: T[] = [];
  const coming = new Map<'step' | 'flight' | 'linger', Promise<Event<T, R>>>();
  let inFlight = 0;
  let due = false;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  try {
    for (;;) {
      if (waiting.length > 0 && inFlight === 0) {
        if (due || ended || waiting.length >= atMost) {
          const parts = waiting.splice(0, atMost);
          [inFlight, due] = [parts.length, false];
          coming.set(
            'flight',
            send(parts).then((results) => ({ kind: 'landed', results })),
          );
        } else if (!coming.has('linger')) {
          coming.set(
            'linger',
            clock.sleep(lingerMs).then(() => ({ kind: 'lingered' })),
          );
        }
      }
      if (ended && inFlight === 0) break;
      const wanted = !ended && waiting.length < atMost && !coming.has('step');
      if (wanted) coming.set('step', pull(steps));
      const event = await Promise.race(coming.values());
      if (event.kind === 'lingered') {
        coming.delete('linger');
        due = true;
      } else if (event.kind === 'landed') {
        coming.delete('flight');
        // Who waited meanwhile has waited long enough.
        [inFlight, due] = [0, waiting.length > 0];
        yield* event.results;
      } else {
        coming.delete('step');
        if (event.kind === 'failed') failure = event;
        if (event.kind === 'failed' || event.step.done === true) ended = true;
        else if ('result' in event.step.value) yield event.step.value.result;
        else waiting.push(event.step.value.part);
      }
    }
    if (failure !== undefined) throw failure.error;
  } finally {
    await coming.get('flight');
    await steps.return(undefined);
  }
}

async function pull<T, R>(steps: AsyncGenerator<Step<T, R>>): Promise<Event<T, R>> {
  try {
    return { kind: 'step', step: await steps.next() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

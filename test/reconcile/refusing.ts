import type { Writer } from '../../src/connectors/connector.ts';
import type { Order, Result } from '../../src/model/order.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';

/** The target refuses orders of these people; what it is asked for them is noted in `tries`. */
export function refusing(people: readonly string[], tries: string[] = []): (deps: PassDeps) => PassDeps {
  return answering(({ key, kind, personId }) => {
    if (!people.includes(personId)) return undefined;
    tries.push(`${kind} ${personId}`);
    const error = { reason: 'Refused', message: 'no seat is left', fate: 'person' } as const;
    return { key, outcome: 'rejected', error };
  });
}

/** Orders for which `answer` has a result never reach the target. */
export function answering(answer: (order: Order) => Result | undefined): (deps: PassDeps) => PassDeps {
  return ({ target, ...deps }) => ({
    ...deps,
    target: { ...target, openWriter: () => answeringWriter(target.openWriter(), answer) },
  });
}

function answeringWriter(writer: Writer, answer: (order: Order) => Result | undefined): Writer {
  return {
    async *apply(orders, signal) {
      for await (const order of orders) {
        const result = answer(order);
        if (result === undefined) yield* writer.apply(only(order), signal);
        else yield result;
      }
    },
    close: () => writer.close(),
  };
}

export async function* only(order: Order) {
  yield order;
}

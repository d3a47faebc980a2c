import type { Clock, Random } from '../../src/model/effects.ts';
import type { Outcome } from '../../src/model/run.ts';
import { createNotifier } from '../../src/notify/create-notifier.ts';
import type { CompiledChannel } from '../../src/spec/compiled.ts';
import type { QueuedMail, Store } from '../../src/store/store.ts';
import type { Telemetry } from '../../src/telemetry/telemetry.ts';
import type { Chance } from './chance.ts';

const channels: readonly CompiledChannel[] = [
  {
    name: 'ops',
    kind: 'mail',
    to: ['ops@example.com'],
    knownBy: undefined,
    events: ['failure', 'held', 'drift'],
    place: { file: 'specs.yaml', line: 1, column: 1 },
  },
];

/** A mail server, and the news that go through it. */
export class Post {
  /** Mails that the server has taken. */
  readonly sent: QueuedMail[] = [];
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #chance: Chance;

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#random = chance.fork('mail ids');
    this.#chance = chance.fork('mail');
  }

  /** Tells what a pass came to, and hands over what waits. Sometimes the server does not take it. */
  async tell(outcome: Outcome, store: Store, telemetry: Telemetry, troubled: boolean): Promise<void> {
    const send = async (mail: QueuedMail) => {
      if (troubled && this.#chance.happens(0.3)) return { result: 'failed', message: 'greylisted' } as const;
      this.sent.push(mail);
      return { result: 'sent' } as const;
    };
    const mail = { send, close: () => undefined };
    const notifier = createNotifier({ store, clock: this.#clock, random: this.#random, telemetry, mail });
    await notifier.passEnded(outcome, { direction: 'hr → lms', owner: undefined, channels });
    await notifier.deliverWaiting(new AbortController().signal);
  }
}

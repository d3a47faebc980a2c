import type { Clock } from '../model/effects.ts';
import type { QueuedMail, Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { MailServer } from './mail.ts';

const minuteMs = 60_000;
const steps = [1, 5, 15, 60, 360];
/** A mail that nobody took for so long is given up. */
const giveUpMs = 3 * 24 * 60 * minuteMs;

/** Longer than the server has for one mail; after a crash in between it is tried again then. */
const handOverMs = 5 * minuteMs;

export interface Outbox {
  /** Hands every mail whose time has come to the server, one after the other. Never rejects. */
  deliver(signal: AbortSignal): Promise<void>;
}

/**
 * Delivers what waits in the store. A mail is forgotten once the server has taken it; when the connection was lost just
 * then, it is sent once more and no more often.
 */
export function createOutbox(
  store: Pick<Store, 'waitingMail' | 'takeMail' | 'mailSent' | 'mailFailed'>,
  server: MailServer,
  clock: Clock,
  { log, metrics }: Telemetry,
): Outbox {
  const perhapsSent = new Set<string>();

  async function deliver(signal: AbortSignal): Promise<void> {
    try {
      for (const mail of await store.waitingMail(clock.now())) {
        if (signal.aborted) return;
        // A command that made a pass may be at it as well: nobody gets a mail from both.
        if (await store.takeMail(mail.id, clock.now(), clock.now() + handOverMs)) await send(mail);
      }
    } catch (error) {
      log.error({ error: String(error) }, 'outbox cannot be read');
    }
  }

  async function send(mail: QueuedMail & { readonly attempts: number }): Promise<void> {
    const delivery = await server.send(mail);
    if (delivery.result === 'sent') {
      metrics.mails.inc({ result: 'sent' });
      await forget(mail.id);
      return;
    }
    const { message, result } = delivery;
    metrics.mails.inc({ result });
    log.warn({ mail: mail.id, attempts: mail.attempts + 1, result, error: message }, 'mail not delivered');
    const second = result === 'unknown' && perhapsSent.has(mail.id);
    const refusedAgain = result === 'refused' && mail.attempts >= 2;
    if (second || refusedAgain || clock.now() - mail.queuedAt > giveUpMs) {
      metrics.mails.inc({ result: second ? 'perhaps-sent' : 'given-up' });
      log.error({ mail: mail.id, error: message }, 'mail given up');
      await forget(mail.id);
      return;
    }
    if (result === 'unknown') perhapsSent.add(mail.id);
    const step = steps[Math.min(mail.attempts, steps.length - 1)] ?? 1;
    await store.mailFailed(mail.id, clock.now() + step * minuteMs);
  }

  async function forget(id: string): Promise<void> {
    perhapsSent.delete(id);
    await store.mailSent(id);
  }

  return { deliver };
}

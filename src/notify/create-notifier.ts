import { isoInstant, type Clock, type Random } from '../model/effects.ts';
import { messageOf } from '../model/error.ts';
import type { Outcome } from '../model/run.ts';
import type { CompiledChannel } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { MailServer } from './mail.ts';
import { outsideMessage, resolvedMessage, type About } from './messages.ts';
import { begun, newsOf, resolved, type News } from './news.ts';
import type { Notifier } from './notifier.ts';
import { createOutbox } from './outbox.ts';

interface NotifierDeps {
  readonly store: Pick<
    Store,
    'alerts' | 'saveAlert' | 'queueMail' | 'waitingMail' | 'takeMail' | 'mailSent' | 'mailFailed'
  >;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  /** `undefined` where the operator has configured none: mail channels are then logged about, and counted. */
  readonly mail: MailServer | undefined;
}

export function createNotifier(deps: NotifierDeps): Notifier {
  const { store, clock, random, telemetry } = deps;
  const outbox = deps.mail === undefined ? undefined : createOutbox(store, deps.mail, clock, telemetry);

  /** The message is queued before it counts as told: a crash in between tells it twice, never not at all. */
  async function tell(
    news: readonly News[],
    channels: readonly CompiledChannel[],
    fields: object,
  ): Promise<void> {
    for (const one of news) {
      for (const channel of channels) {
        if (!wants(channel, one) || one.message === undefined) continue;
        await send(one.event, one.message, channel, fields);
      }
      if (one.alert !== undefined) await store.saveAlert(one.alert);
    }
  }

  async function send(
    event: News['event'],
    { subject, text }: { subject: string; text: string },
    channel: CompiledChannel,
    fields: object,
  ): Promise<void> {
    if (channel.kind === 'log') {
      const level = event === 'summary' || event === 'ended' ? 'info' : 'warn';
      telemetry.log[level]({ channel: channel.name, event, subject, ...fields }, 'news');
      return;
    }
    if (outbox === undefined) {
      telemetry.metrics.mails.inc({ result: 'not-configured' });
      telemetry.log.warn({ channel: channel.name, event }, 'no mail server is configured, mail not sent');
      return;
    }
    if (channel.to.length === 0) {
      telemetry.metrics.mails.inc({ result: 'nobody-known' });
      telemetry.log.warn({ channel: channel.name, event }, 'the target knows no recipient, mail not sent');
      return;
    }
    const mail = { id: random.id(), to: channel.to, subject: oneLine(`[rosterd] ${subject}`), text };
    await store.queueMail({ ...mail, queuedAt: clock.now() });
  }

  const about = (): About => ({ direction: '', owner: undefined, at: isoInstant(clock.now()) });

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      telemetry.metrics.mails.inc({ result: 'not-queued' });
      telemetry.log.error({ error: messageOf(error) }, 'news not told');
    }
  }

  return {
    passEnded: async (outcome, sync) =>
      await guarded(async () => {
        const news = newsOf(outcome, sync, await store.alerts());
        const { result, reason } = outcome.summary;
        const channels = sync.channels.map((channel) => knownOf(channel, outcome));
        await tell(news, channels, { sync: outcome.run.sync, runId: outcome.run.id, result, reason });
      }),
    failureBegan: async (failure, channels) =>
      await guarded(async () => {
        const known = (await store.alerts()).find(({ key }) => key === failure.key);
        if (known?.state === 'firing') return;
        const alert = begun(failure.key, clock.now());
        await tell([{ event: 'failure', message: outsideMessage(failure, about()), alert }], channels, {
          key: failure.key,
        });
      }),
    failureEnded: async (prefix, channels) =>
      await guarded(async () => {
        const open = (await store.alerts()).filter(
          ({ key, state }) => state === 'firing' && key.startsWith(prefix),
        );
        const news = open.map((alert): News => {
          const message = resolvedMessage(titleOf(prefix) ?? alert.key, isoInstant(alert.since), about());
          return { event: 'failure', message, alert: resolved(alert, clock.now()) };
        });
        await tell(news, channels, { key: prefix });
      }),
    deliverWaiting: async (signal) => await outbox?.deliver(signal),
  };
}

/** Who is told how each pass went is not told so of an automatic one a second time. */
function wants({ events }: CompiledChannel, { event }: News): boolean {
  return events.includes(event) && !(event === 'summary' && events.includes('ended'));
}

/** The channel without recipients whom the target must know and does not. Where the target was not read, nobody is left out. */
function knownOf(channel: CompiledChannel, { unknownRecipients }: Outcome): CompiledChannel {
  const unknown = unknownRecipients?.get(channel.name);
  if (unknown === undefined) return channel;
  return { ...channel, to: channel.to.filter((address) => !unknown.includes(address)) };
}

function titleOf(prefix: string): string | undefined {
  const connection = /^connection\/(.+)\/$/.exec(prefix)?.[1];
  return connection === undefined ? titles[prefix] : `The absence of connection ${connection}`;
}

const titles: Readonly<Record<string, string>> = {
  'specs/': 'The refusal of a revision of the specs',
  source: 'The failure to fetch the specs',
};

/** Names in a subject come from specs: whatever is in them, a subject is one line of bounded length. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200);
}

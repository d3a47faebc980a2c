import type { AlertState, QueuedMail, Store } from '../../../src/store/store.ts';

interface Waiting {
  readonly mail: QueuedMail;
  attempts: number;
  nextAttemptAt: number;
}

/** What was told to people, and the mails that wait for the server. */
export function alertsAndMails() {
  const alerts = new Map<string, AlertState>();
  const mails = new Map<string, Waiting>();
  const queries: Pick<
    Store,
    'alerts' | 'saveAlert' | 'queueMail' | 'waitingMail' | 'takeMail' | 'mailSent' | 'mailFailed'
  > = {
    alerts: async () => [...alerts.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    saveAlert: async (alert) => {
      alerts.set(alert.key, alert);
    },
    queueMail: async (mail) => {
      if (!mails.has(mail.id)) mails.set(mail.id, { mail, attempts: 0, nextAttemptAt: mail.queuedAt });
    },
    waitingMail: async (now) =>
      [...mails.values()]
        .filter(({ nextAttemptAt }) => nextAttemptAt <= now)
        .toSorted((a, b) => a.mail.queuedAt - b.mail.queuedAt || (a.mail.id < b.mail.id ? -1 : 1))
        .map(({ mail, attempts }) => ({ ...mail, attempts })),
    takeMail: async (id, now, until) => {
      const waiting = mails.get(id);
      if (waiting === undefined || waiting.nextAttemptAt > now) return false;
      waiting.nextAttemptAt = until;
      return true;
    },
    mailSent: async (id) => {
      mails.delete(id);
    },
    mailFailed: async (id, nextAttemptAt) => {
      const waiting = mails.get(id);
      if (waiting === undefined) return;
      waiting.attempts += 1;
      waiting.nextAttemptAt = nextAttemptAt;
    },
  };
  const forgetBefore = (before: number): void => {
    for (const [key, { state, since }] of alerts)
      if (state === 'resolved' && since < before) alerts.delete(key);
  };
  return { ...queries, forgetBefore };
}

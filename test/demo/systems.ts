import { startSmtpSink, type SmtpSink } from '../notify/smtp-sink.ts';
import { inventPeople, type Person } from '../people/people.ts';
import { startPersonio, type Personio } from '../vendors/personio/server.ts';
import { startTalentLms } from '../vendors/talentlms/server.ts';
import type { TalentLms } from '../vendors/talentlms/state.ts';
import { credentials } from './specs.ts';

/** Both vendors and a mail server, on this machine. */
export interface Systems {
  /** Everybody whom Personio has at the beginning. */
  readonly people: readonly Person[];
  readonly personio: Personio;
  readonly talentlms: TalentLms;
  readonly mail: SmtpSink;
  close(): Promise<void>;
}

const customFields = ['hris_id', 'department', 'job_title', 'office', 'manager'];

export async function startSystems(): Promise<Systems> {
  const people = everybody(Date.now());
  const { clientId, clientSecret, apiKey } = credentials;
  const [personio, talentlms, mail] = await Promise.all([
    startPersonio({ people, clientId, clientSecret }),
    startTalentLms({
      apiKey,
      customFields: customFields.map((name) => ({ name, type: 'text' as const })),
      limits: { perHour: 10_000, per5s: 200 },
    }),
    startSmtpSink(),
  ]);
  return {
    people,
    personio,
    talentlms,
    mail,
    close: async () => {
      await Promise.all([personio.close(), talentlms.close(), mail.close()]);
    },
  };
}

const dayMs = 86_400_000;

/** 200 invented people. Dates stay clear of today, so that the time of day decides nothing. */
function everybody(now: number): readonly Person[] {
  const people = inventPeople({ count: 200, seed: 7, today: day(now) });
  return people.map((person) => {
    if (person.status === 'onboarding') return { ...person, hireDate: day(now + 14 * dayMs) };
    return person.lastDay === undefined ? person : { ...person, lastDay: day(now - 14 * dayMs) };
  });
}

export function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

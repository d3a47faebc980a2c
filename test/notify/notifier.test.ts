import { beforeEach, describe, expect, test } from 'vitest';

import type { Outcome, RunSummary, Trigger } from '../../src/model/run.ts';
import { createNotifier } from '../../src/notify/create-notifier.ts';
import type { Notifier } from '../../src/notify/notifier.ts';
import type { CompiledChannel } from '../../src/spec/compiled.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { outcomeOf, peopleOps } from '../daemon/invented.ts';
import { MemoryStore } from '../daemon/memory-store.ts';
import { FakeClock } from '../fake-clock.ts';

let store: MemoryStore;
let lines: string[];
let notifier: Notifier;
let ids: number;

beforeEach(() => {
  store = new MemoryStore();
  lines = [];
  ids = 0;
  notifier = createNotifier({
    store,
    clock: new FakeClock(Date.parse('2026-11-23T05:00:00Z')),
    random: { fraction: () => 0, bytes: (length) => new Uint8Array(length), id: () => `mail-${(ids += 1)}` },
    telemetry: {
      log: createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } }),
      metrics: createMetrics(),
    },
    mail: { send: async () => ({ result: 'sent' }), close: () => undefined },
  });
});

const passes = async (
  ...summaries: (Partial<RunSummary> & { trigger?: Trigger; channel?: CompiledChannel })[]
) => {
  for (const { trigger = 'schedule', channel = withoutSummary, ...summary } of summaries) {
    const outcome: Outcome = outcomeOf('staff', { trigger, summary });
    await notifier.passEnded(outcome, {
      direction: 'personio → talentlms',
      owner: 'people-ops',
      channels: [channel],
    });
  }
  return [...store.mails.values()].map(({ subject }) => subject.replace('[rosterd] ', ''));
};
const withoutSummary: CompiledChannel = { ...peopleOps, events: ['failure', 'held', 'drift'] };
const down: Partial<RunSummary> = {
  result: 'waiting',
  reason: 'Timeout',
  message: 'personio does not answer',
};
const refused: Partial<RunSummary> = {
  result: 'stalled',
  reason: 'AuthenticationFailed',
  message: 'personio refuses us',
};
const vanished: Partial<RunSummary> = { result: 'held', reason: 'LimitReached', held: 0, heldDigest: null };
const held: Partial<RunSummary> = { result: 'held', reason: 'LimitReached', held: 40, heldDigest: 'd1' };

describe('what is told', () => {
  test.each([
    {
      name: 'a failure once when it begins and once when it ends',
      seen: [down, down, down, {}, {}],
      mails: ['staff fails: Timeout', 'staff fails: Timeout: resolved'],
    },
    {
      name: 'a failure that comes again is told again',
      seen: [down, {}, down],
      mails: ['staff fails: Timeout', 'staff fails: Timeout: resolved', 'staff fails: Timeout'],
    },
    {
      name: 'another reason is another failure',
      seen: [down, refused, refused, {}],
      mails: [
        'staff fails: Timeout',
        'staff fails: AuthenticationFailed',
        'staff fails: AuthenticationFailed: resolved',
      ],
    },
    {
      name: 'people who fail, once',
      seen: [{ result: 'failed-people' as const }, { result: 'failed-people' as const }, {}],
      mails: ['staff fails: failed-people', 'staff fails: PeopleFailed: resolved'],
    },
    {
      name: 'people who fail are not over while nobody can look',
      seen: [{ result: 'failed-people' as const }, down, { result: 'failed-people' as const }],
      mails: ['staff fails: failed-people', 'staff fails: Timeout', 'staff fails: Timeout: resolved'],
    },
    {
      name: 'a hold once for each digest',
      seen: [held, held, { ...held, heldDigest: 'd2' }, {}, held],
      mails: ['staff: 40 changes held', 'staff: 40 changes held', 'staff: 40 changes held'],
    },
    {
      name: 'people who vanished beyond the limit, once, though there is nothing to approve yet',
      seen: [vanished, vanished, {}],
      mails: ['staff: over a limit'],
    },
    {
      name: 'a hold is not over while nobody can look',
      seen: [held, down, held],
      mails: ['staff: 40 changes held', 'staff fails: Timeout', 'staff fails: Timeout: resolved'],
    },
    {
      name: 'drift that is left alone, once',
      seen: [{ drift: 2 }, { drift: 3 }, {}, { drift: 1 }],
      mails: ['staff: drift in talentlms', 'staff: drift in talentlms'],
    },
    {
      name: 'what does not converge, once, also where something else was left alone before',
      seen: [{ drift: 1 }, { drift: 2, notConverging: 1 }, { drift: 2, notConverging: 1 }, { drift: 1 }],
      mails: ['staff: drift in talentlms', 'staff: drift in talentlms'],
    },
    {
      name: 'what does not converge, again when it does so again',
      seen: [{ drift: 1, notConverging: 1 }, {}, { drift: 1, notConverging: 1 }],
      mails: ['staff: drift in talentlms', 'staff: drift in talentlms'],
    },
    {
      name: 'nothing about a pass that was stopped',
      seen: [{ result: 'stopped' as const, reason: 'Stopped' }],
      mails: [],
    },
  ])('$name', async ({ seen, mails }) => {
    expect(await passes(...seen)).toEqual(mails);
  });

  test('a summary for each automatic pass, and none for one that somebody asked for', async () => {
    const channel: CompiledChannel = { ...peopleOps, events: ['summary'] };
    const triggers: Trigger[] = ['schedule', 'revision', 'request', 'cli', 'retry'];
    expect(await passes(...triggers.map((trigger) => ({ trigger, channel })))).toEqual(
      Array(3).fill('staff: nothing to do'),
    );
  });

  test.each([
    { name: 'of each pass', events: ['ended'] as const },
    { name: 'of each pass once, also of automatic ones', events: ['summary', 'ended'] as const },
  ])('who wants to know how a pass ended is told $name', async ({ events }) => {
    const channel: CompiledChannel = { ...peopleOps, events };
    const triggers: Trigger[] = ['schedule', 'request'];
    expect(await passes(...triggers.map((trigger) => ({ trigger, channel })))).toEqual(
      Array(2).fill('staff: nothing to do'),
    );
  });

  test('a channel gets only the events that it names; what it does not name is not told later either', async () => {
    const channel: CompiledChannel = { ...peopleOps, events: ['held'] };
    expect(await passes({ ...down, channel }, { ...held, channel }, { channel })).toEqual([
      'staff: 40 changes held',
    ]);
  });

  test('one sync does not end the failure of another whose name begins alike', async () => {
    const news = { direction: 'a → b', owner: undefined, channels: [withoutSummary] };
    await notifier.passEnded(outcomeOf('staff-2', { summary: { ...down, drift: 1 } }), news);
    await notifier.passEnded(outcomeOf('staff-2', { summary: { drift: 1 } }), news);
    await notifier.passEnded(outcomeOf('staff', { summary: { drift: 1 } }), news);
    await notifier.passEnded(outcomeOf('staff', { summary: {} }), news);
    expect(store.alertStates.get('drift/staff-2')?.state).toBe('firing');
    expect(store.alertStates.get('drift/staff')?.state).toBe('resolved');
  });
});

test('refused specs are told once for each revision, and their end once', async () => {
  const failure = {
    key: 'specs/r2',
    title: 'the specs at r2 are refused',
    message: 'staff.yaml:3:1: unknown key',
  };
  for (let i = 0; i < 2; i += 1) await notifier.failureBegan(failure, [peopleOps]);
  for (let i = 0; i < 2; i += 1) await notifier.failureEnded('specs/', [peopleOps]);
  expect([...store.mails.values()].map(({ subject }) => subject)).toEqual([
    '[rosterd] the specs at r2 are refused',
    '[rosterd] The refusal of a revision of the specs: resolved',
  ]);
});

test('a log channel writes one line with what it is about', async () => {
  await passes({ ...down, channel: { ...peopleOps, kind: 'log', to: [] } });
  expect(store.mails.size).toBe(0);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 'warn', msg: 'news', channel: 'people-ops', event: 'failure', sync: 'staff', reason: 'Timeout' },
  ]);
});

test('a store that is away stops no pass', async () => {
  store.away = new Error('disk full');
  await expect(passes(down)).resolves.toEqual([]);
  expect(lines.join('')).toContain('news not told');
});

test('a line break in a name does not reach the subject', async () => {
  const outcome = outcomeOf('staff\r\nBcc: everybody@example.com', { summary: down });
  await notifier.passEnded(outcome, { direction: 'a → b', owner: undefined, channels: [peopleOps] });
  const [mail] = store.mails.values();
  expect(mail?.subject).toBe('[rosterd] staff Bcc: everybody@example.com fails: Timeout');
});

describe('recipients whom the target must know', () => {
  const two: CompiledChannel = { ...peopleOps, to: ['ada@example.com', 'zoe@example.com'], knownBy: 'email' };
  const passUnknown = async (...addresses: readonly string[]) => {
    await notifier.passEnded(
      { ...outcomeOf('staff', { summary: held }), unknownRecipients: new Map([['people-ops', addresses]]) },
      { direction: 'personio → talentlms', owner: 'people-ops', channels: [two] },
    );
    return [...store.mails.values()].map(({ to }) => to);
  };

  test('who is unknown is left out', async () => {
    expect(new Set(await passUnknown('zoe@example.com'))).toEqual(new Set([['ada@example.com']]));
  });

  test('where nobody is known no mail is queued, and the log says so without an address', async () => {
    expect(await passUnknown(...two.to)).toEqual([]);
    const said = lines.filter((line) => line.includes('the target knows no recipient'));
    expect(said).not.toEqual([]);
    expect(said.join('')).not.toContain('@');
  });
});
